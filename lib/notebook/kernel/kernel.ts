import { fileURLToPath } from "node:url";
import { EngineError } from "../../errors.ts";
import { type Channels, openChannels } from "./channels.ts";
import { type Connection, makeConnection } from "./connection.ts";
import { beforeEnd } from "./ending.ts";
import type { Message } from "./protocol.ts";

/** A running Deno kernel. */
export interface Kernel {
  /**
   * Runs code; resolves with the kernel's reply when the code has ended, whether it failed or not.
   *
   * @param timeout the longest it may take, in seconds
   * @param onOutput called with each message the code sends, also with those that come after its end
   * @throws {EngineError} if the kernel ends, or the time is over
   */
  execute(code: string, timeout: number, onOutput: (message: Message) => void): Promise<Message>;
  /** Ends the kernel, whatever it is doing. */
  stop(): Promise<void>;
}

const supervisor = fileURLToPath(new URL("./supervise.sh", import.meta.url));

/** The longest that a kernel may take to start, in seconds; on an idle machine it takes a fraction of one. */
const startTimeout = 60;

/**
 * Starts `deno jupyter --kernel` in a folder.
 *
 * @param memoryParameters what can be set lower if the kernel takes too much memory, for the message
 * @param environment variables beside those of this process
 * @throws {StorageError} if the disk is full
 * @throws {EngineError} if it does not start
 */
export async function startKernel(
  folder: string,
  memoryParameters: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<Kernel> {
  let stopping: Promise<void> | undefined;
  let process: Deno.ChildProcess | undefined;
  const making = makeConnection();
  const stop = () => stopping ??= end(process, making).finally(release);
  const release = beforeEnd(stop); // a computing kernel ignores Ctrl-C
  let channels: Channels;
  let ended: Promise<never>;
  try {
    const connection = await making;
    process = spawnKernel(folder, connection, environment);
    ended = process.status.then(({ code }): never => {
      throw endedError(code, memoryParameters);
    });
    ended.catch(() => {}); // an end after `stop` is no error
    const expired = rejectAfter(startTimeout, "Run `deno jupyter --version` to see whether it works.");
    channels = await Promise.race([connect(connection, ended), expired.promise]).finally(expired.clear);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    async execute(code, timeout, onOutput) {
      const options = { silent: false, store_history: true, allow_stdin: false, stop_on_error: true };
      const content = { code, user_expressions: {}, ...options };
      const expired = rejectAfter(timeout, "Give the cell more time with --timeout SECONDS.");
      try {
        const reply = channels.request("execute_request", content, onOutput);
        return await Promise.race([reply, ended, channels.failed, expired.promise]);
      } finally {
        expired.clear();
        await channels.quiet();
      }
    },
    async stop() {
      channels.close();
      await stop();
    },
  };
}

/** Starts the kernel under a supervisor, which ends it when this process is gone. */
function spawnKernel(
  folder: string,
  { folder: connectionFolder, file, temporary }: Connection,
  environment: Record<string, string>,
) {
  const kernel = [Deno.execPath(), "jupyter", "--quiet", "--kernel", "--conn", file];
  return new Deno.Command("sh", {
    args: [supervisor, connectionFolder, ...kernel],
    cwd: folder,
    env: { ...environment, NO_COLOR: "1", TMPDIR: temporary },
    stdin: "piped",
  }).spawn();
}

/** Ends the kernel and removes its connection. */
async function end(process: Deno.ChildProcess | undefined, making: Promise<Connection>): Promise<void> {
  if (process) {
    // the supervisor takes this for the end of the runner. Nothing is lost: the outputs are here, and files are
    // written whole or not at all
    await process.stdin.close().catch(() => {});
    await process.status;
  }
  const connection = await making.catch(() => null); // whoever started the kernel hears of it
  await connection?.remove();
}

/** Connects as soon as the kernel listens, and returns when it answers. */
async function connect({ key, shellPort, iopubPort }: Connection, ended: Promise<never>): Promise<Channels> {
  let channels: Channels | undefined;
  while (!channels) {
    try {
      channels = await openChannels(key, shellPort, iopubPort);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      await Promise.race([ended, sleep(50)]);
    }
  }
  // The subscription to the outputs takes effect some time after the connection, and outputs before that are lost:
  // ask until an answer comes on both channels.
  for (;;) {
    const reply = channels.request("kernel_info_request", {}, () => {});
    if (await Promise.race([reply, ended, channels.failed, sleep(500)])) return channels;
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function rejectAfter(seconds: number, advice: string): { promise: Promise<never>; clear: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(kernelError(`none for ${seconds} s`, advice)),
    seconds * 1000,
  );
  return { promise, clear: () => clearTimeout(timer) };
}

/** Says how the kernel ended; the supervisor passes its exit code on, and 128 + n for signal n. */
function endedError(code: number, memoryParameters: readonly string[]): EngineError {
  if (code !== 137) return kernelError(`an end with exit code ${code}`, "What it wrote above may say why.");
  const lower = memoryParameters.length > 0 ? `lower ${memoryParameters.join(" or ")} with --set, or ` : "";
  return kernelError(
    "an end by SIGKILL",
    `If nobody ended it, the machine had too little memory: ${lower}end other programs, then run it again.`,
  );
}

function kernelError(found: string, advice: string): EngineError {
  return new EngineError({ where: "notebook kernel", expected: "an answer", found, advice });
}
