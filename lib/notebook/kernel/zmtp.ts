/** A connection that speaks ZMTP 3.0, the protocol of ZeroMQ, as the side that connects. */
export interface ZmtpSocket {
  /** Sends one message of several frames. */
  send(frames: string[]): Promise<void>;
  /** Yields each message's frames, until either side closes. */
  receive(): AsyncIterable<Uint8Array[]>;
  close(): void;
}

/** Bits of the byte before each frame. */
const more = 1;
const long = 2;
const command = 4;

const greetingSize = 64;
const encoder = new TextEncoder();

/**
 * Connects to a ZeroMQ socket on this machine, without security, as Jupyter does.
 *
 * Written here because the native `zeromq` package ends Deno 2.9 with a segmentation fault now and then, at about
 * one of sixty kernels.
 *
 * @param type what this side is; `SUB` subscribes to everything
 * @throws {Deno.errors.ConnectionRefused} if nobody listens
 */
export async function connectZmtp(port: number, type: "DEALER" | "SUB"): Promise<ZmtpSocket> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const read = byteReader(connection);
  const write = byteWriter(connection);
  let closed = false;
  await write([greeting(), frame(command, readyCommand(type))]);
  await read(greetingSize);
  if (type === "SUB") await write([frame(0, Uint8Array.of(1))]); // 1: subscribe, to messages that begin with nothing

  return {
    send: (frames) =>
      write(frames.map((text, index) => frame(index < frames.length - 1 ? more : 0, encoder.encode(text)))),
    async *receive() {
      let frames: Uint8Array[] = [];
      try {
        for (;;) {
          const flags = (await read(1))[0];
          const size = flags & long ? Number(view(await read(8)).getBigUint64(0)) : (await read(1))[0];
          const body = await read(size);
          if (flags & command) continue; // the other side's READY; it has nothing to tell that matters here
          frames.push(body);
          if (flags & more) continue;
          yield frames;
          frames = [];
        }
      } catch (error) {
        if (!closed && !(error instanceof Deno.errors.UnexpectedEof)) throw error;
      }
    },
    close() {
      closed = true;
      connection.close();
    },
  };
}

/** Signature, version 3.0, mechanism NULL, not a server; the rest is zeros. */
function greeting(): Uint8Array {
  const bytes = new Uint8Array(greetingSize);
  bytes.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
  bytes.set(encoder.encode("NULL"), 12);
  return bytes;
}

function readyCommand(socketType: string): Uint8Array {
  const shortText = (text: string) => [text.length, ...encoder.encode(text)];
  return Uint8Array.of(
    ...shortText("READY"),
    ...shortText("Socket-Type"),
    ...[0, 0, 0, ...shortText(socketType)], // the length of a value takes four bytes
  );
}

function frame(flags: number, body: Uint8Array): Uint8Array {
  const isLong = body.length > 255;
  const header = new Uint8Array(isLong ? 9 : 2);
  header[0] = isLong ? flags | long : flags;
  if (isLong) view(header).setBigUint64(1, BigInt(body.length));
  else header[1] = body.length;
  return join(header, body);
}

/** Returns a function that reads just so many bytes, and throws `UnexpectedEof` if the other side ends before. */
function byteReader(connection: Deno.TcpConn): (count: number) => Promise<Uint8Array> {
  let held = new Uint8Array();
  return async (count) => {
    while (held.length < count) {
      const chunk = new Uint8Array(Math.max(65536, count - held.length));
      const size = await connection.read(chunk);
      if (size === null) throw new Deno.errors.UnexpectedEof();
      held = join(held, chunk.subarray(0, size));
    }
    const bytes = held.subarray(0, count);
    held = held.subarray(count);
    return bytes;
  };
}

/** Returns a function that writes its parts one after the other; messages never mix, whoever sends at a time. */
function byteWriter(connection: Deno.TcpConn): (parts: Uint8Array[]) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const writeAll = async (bytes: Uint8Array) => {
    for (let written = 0; written < bytes.length;) written += await connection.write(bytes.subarray(written));
  };
  return (parts) => last = last.then(() => writeAll(parts.reduce(join)));
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
