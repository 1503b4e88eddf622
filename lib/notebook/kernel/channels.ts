import { randomUUID } from "node:crypto";
import { decodeMessage, encodeMessage, type Message } from "./protocol.ts";
import { connectZmtp, type ZmtpSocket } from "./zmtp.ts";

/** The connection to a kernel: requests go out on one socket, outputs come in on another. */
export interface Channels {
  /**
   * Sends a request; resolves with its reply once the kernel is idle again, and never if the kernel is gone.
   *
   * @param onOutput called with each message the request causes, also with those that come after its end
   */
  request(
    type: string,
    content: Record<string, unknown>,
    onOutput: (message: Message) => void,
  ): Promise<Message>;
  /** Resolves when nothing has come for a moment. */
  quiet(): Promise<void>;
  /** Rejects if what comes is not from this run's kernel. */
  failed: Promise<never>;
  close(): void;
}

/** After the kernel says that it is idle, printed text may still come: wait until nothing came for so long (ms). */
const quietTime = 40;

/**
 * Connects to a kernel on this machine.
 *
 * @param key the key that signs the messages
 * @throws {Deno.errors.ConnectionRefused} if it does not listen yet
 */
export async function openChannels(key: string, shellPort: number, iopubPort: number): Promise<Channels> {
  const session = randomUUID();
  const shell = await connectZmtp(shellPort, "DEALER");
  const iopub = await connectZmtp(iopubPort, "SUB").catch((error) => {
    shell.close();
    throw error;
  });

  const listeners = new Map<string, (message: Message) => void>();
  let lastMessage = 0;
  const listen = async (socket: ZmtpSocket) => {
    for await (const frames of socket.receive()) {
      const message = decodeMessage(key, frames);
      lastMessage = performance.now();
      if (message.parentId !== undefined) listeners.get(message.parentId)?.(message);
    }
  };
  const failed = new Promise<never>((_, reject) => {
    listen(shell).catch(reject);
    listen(iopub).catch(reject);
  });
  failed.catch(() => {}); // whoever waits for a reply hears of it

  return {
    async request(type, content, onOutput) {
      const { id, frames } = encodeMessage(key, session, type, content);
      const answered = new Promise<Message>((resolve) => {
        let reply: Message | undefined;
        let idle = false;
        listeners.set(id, (message) => {
          if (message.type === "status") idle ||= message.content.execution_state === "idle";
          else if (message.type.endsWith("_reply")) reply = message;
          else onOutput(message);
          if (reply && idle) resolve(reply);
        });
      });
      await shell.send(frames);
      return answered;
    },
    async quiet() {
      while (performance.now() - lastMessage < quietTime) {
        await new Promise((resolve) => setTimeout(resolve, quietTime / 4));
      }
    },
    failed,
    close() {
      shell.close();
      iopub.close();
    },
  };
}
