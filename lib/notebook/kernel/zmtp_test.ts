import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { connectZmtp } from "./zmtp.ts";

const readyOf = (type: string) =>
  Buffer.from(`\x05READY\x0bSocket-Type\0\0\0${String.fromCharCode(type.length)}${type}`);

/** The other side: greets, says that it is ready, and hands over the bytes that come after the greeting. */
async function withPeer(
  type: "DEALER" | "SUB",
  test: (
    socket: Awaited<ReturnType<typeof connectZmtp>>,
    peer: { read(count: number): Promise<Buffer>; write(bytes: Uint8Array): Promise<void>; close(): void },
  ) => Promise<void>,
): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  const connecting = connectZmtp((listener.addr as Deno.NetAddr).port, type);
  const connection = await accepted;
  const peer = {
    async read(count: number) {
      const bytes = Buffer.alloc(count);
      for (let done = 0; done < count;) done += await connection.read(bytes.subarray(done)) ?? count;
      return bytes;
    },
    async write(bytes: Uint8Array) {
      for (let done = 0; done < bytes.length;) done += await connection.write(bytes.subarray(done));
    },
    close: () => connection.close(),
  };
  const greeting = await peer.read(64);
  assert.deepEqual([...greeting.subarray(0, 11)], [0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3]);
  assert.equal(greeting.toString("latin1", 12, 17), "NULL\0");
  await peer.write(greeting);
  const ready = readyOf(type);
  assert.deepEqual(await peer.read(2 + ready.length), Buffer.concat([Buffer.of(4, ready.length), ready]));
  await peer.write(Buffer.concat([Buffer.of(4, ready.length), ready]));
  await test(await connecting, peer);
}

Deno.test("messages of any frames come back as they were sent, short and long", () =>
  withPeer("DEALER", async (socket, peer) => {
    const messages = [["a"], ["", "b", ""], ["x".repeat(255), "é".repeat(128), "y".repeat(300_000)]];
    const sizes = messages.map((frames) =>
      frames.reduce(
        (sum, frame) => sum + Buffer.byteLength(frame) + (Buffer.byteLength(frame) > 255 ? 9 : 2),
        0,
      )
    );
    for (const [index, frames] of messages.entries()) {
      const echoed = peer.read(sizes[index]).then((bytes) => peer.write(bytes));
      await Promise.all([socket.send(frames), echoed]);
    }
    peer.close();
    const received = (await Array.fromAsync(socket.receive())).map((frames) =>
      frames.map((frame) => Buffer.from(frame).toString())
    );
    assert.deepEqual(received, messages);
    socket.close();
  }));

Deno.test("frames have the bytes that the protocol asks for", () =>
  withPeer("DEALER", async (socket, peer) => {
    await socket.send(["ab", "c".repeat(256)]);
    const bytes = await peer.read(4 + 9 + 256);
    assert.deepEqual([...bytes.subarray(0, 14)], [1, 2, 97, 98, 2, 0, 0, 0, 0, 0, 0, 1, 0, 99]);
    socket.close();
    peer.close();
  }));

Deno.test("a subscriber asks for everything, and closing ends its messages", () =>
  withPeer("SUB", async (socket, peer) => {
    assert.deepEqual([...await peer.read(3)], [0, 1, 1]);
    const received = Array.fromAsync(socket.receive());
    socket.close();
    assert.deepEqual(await received, []);
    peer.close();
  }));

Deno.test("a message arrives whole, however it is cut on the way", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }),
      (cuts) =>
        withPeer("DEALER", async (socket, peer) => {
          const bytes = Buffer.from([1, 2, 1, 2, 0, 3, 7, 8, 9]);
          let start = 0;
          for (const cut of [...cuts, bytes.length]) {
            await peer.write(bytes.subarray(start, start + cut));
            start += cut;
          }
          peer.close();
          const [frames] = await Array.fromAsync(socket.receive());
          assert.deepEqual(frames.map((frame) => [...frame]), [[1, 2], [7, 8, 9]]);
          socket.close();
        }),
    ),
    { numRuns: 20 },
  );
});
