import { Buffer } from "node:buffer";
import { createHmac, randomUUID } from "node:crypto";
import { EngineError } from "../../errors.ts";

/** A message from the kernel, as far as running notebooks needs it. */
export interface Message {
  type: string;
  /** The request that the message answers; undefined where it answers none. */
  parentId: string | undefined;
  content: Record<string, unknown>;
}

const delimiter = "<IDS|MSG>";

/**
 * Writes a request in Jupyter's wire protocol 5.3.
 *
 * @param key signs the message, and is no part of it: any user of the machine may listen; the kernel holds the same one
 * @param session names the client; the kernel repeats it in its answers, so it must be no secret
 * @returns the request's id, and the frames to be sent
 */
export function encodeMessage(
  key: string,
  session: string,
  type: string,
  content: Record<string, unknown>,
): { id: string; frames: string[] } {
  const id = randomUUID();
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: "unisrec",
    date: new Date().toISOString(),
    version: "5.3",
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return { id, frames: [delimiter, sign(key, parts), ...parts] };
}

/**
 * Reads a message of Jupyter's wire protocol.
 *
 * @throws {EngineError} if it is not signed with `key`
 */
export function decodeMessage(key: string, frames: Uint8Array[]): Message {
  const texts = frames.map((frame) => Buffer.from(frame).toString("utf8"));
  const [signature, ...parts] = texts.slice(texts.indexOf(delimiter) + 1, texts.indexOf(delimiter) + 6);
  if (signature !== sign(key, parts)) {
    throw new EngineError({
      where: "message from the notebook kernel",
      expected: "the signature of this run",
      found: "another one",
      advice: "Another program may use the same port: run the notebook again.",
    });
  }
  const [header, parent, , content] = parts.map((part) => JSON.parse(part));
  return { type: header.msg_type, parentId: parent.msg_id, content };
}

function sign(key: string, parts: string[]): string {
  const signature = createHmac("sha256", key);
  for (const part of parts) signature.update(part);
  return signature.digest("hex");
}
