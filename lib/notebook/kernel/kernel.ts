import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { join } from "node:path";
import { EngineError } from "../../errors.ts";
import { type Channels, openChannels } from "./channels.ts";
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

/** The longest that a kernel may take to start, in seconds; on an idle machine it takes a fraction of one. */
const startTimeout = 60;

/**
 * Starts `deno jupyter --kernel` in a folder.
 *
 * @throws {EngineError} if it does not start
 */
export async function startKernel(folder: string): Promise<Kernel> {
  const key = randomUUID();
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const connection = { transport: "tcp", ip: "127.0.0.1", signature_scheme: "hmac-sha256", key, ...ports };
  const connectionFolder = await Deno.makeTempDir({ prefix: "unisrec-kernel-" });
  const connectionFile = join(connectionFolder, "connection.json");
  await Deno.writeTextFile(connectionFile, JSON.stringify(connection));
  const process = new Deno.Command(Deno.execPath(), {
    args: ["jupyter", "--quiet", "--kernel", "--conn", connectionFile],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).spawn();
  const ended = process.status.then(({ code, signal }): never => {
    throw kernelError(`an end with ${signal ?? `exit code ${code}`}`, "What it wrote above may say why.");
  });
  ended.catch(() => {}); // an end after `stop` is no error
  const releaseSignals = endWithThisProcess(process);
  const stopProcess = async () => {
    releaseSignals();
    try {
      process.kill("SIGKILL"); // nothing is lost: the outputs are here, and files are written whole or not at all
    } catch {
      // it has ended by itself
    }
    await process.status;
    await Deno.remove(connectionFolder, { recursive: true });
  };

  let channels: Channels;
  try {
    const expired = rejectAfter(startTimeout, "Run `deno jupyter --version` to see whether it works.");
    channels = await Promise.race([connect(key, shell_port, iopub_port, ended), expired.promise])
      .finally(expired.clear);
  } catch (error) {
    await stopProcess();
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
      await stopProcess();
    },
  };
}

/**
 * Ends the kernel together with this process when that is interrupted: a computing kernel ignores Ctrl-C.
 *
 * @returns a function that undoes this
 */
function endWithThisProcess(process: Deno.ChildProcess): () => void {
  const end = () => {
    process.kill("SIGKILL");
    Deno.exit(130);
  };
  const signals: Deno.Signal[] = ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, end);
  return () => {
    for (const signal of signals) Deno.removeSignalListener(signal, end);
  };
}

/** Connects as soon as the kernel listens, and returns when it answers. */
async function connect(
  key: string,
  shellPort: number,
  iopubPort: number,
  ended: Promise<never>,
): Promise<Channels> {
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

function kernelError(found: string, advice: string): EngineError {
  return new EngineError({ where: "notebook kernel", expected: "an answer", found, advice });
}

/** Finds ports on which nobody listens at the moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => {
    const server = createServer();
    return new Promise<typeof server>((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
  }));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
