import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { EngineError } from "../../errors.ts";
import { decodeMessage, encodeMessage } from "./protocol.ts";

const encode = (frames: string[]) => frames.map((frame) => Buffer.from(frame));

Deno.test("a message comes back, with the routing frames that ZeroMQ puts before it", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (code) => {
    const { frames } = encodeMessage("key", "session", "execute_request", { code });
    const message = decodeMessage("key", encode(["address", ...frames]));
    assert.deepEqual(message, { type: "execute_request", parentId: undefined, content: { code } });
  }));
});

Deno.test("a changed message or another key is refused", () => {
  const { frames } = encodeMessage("key", "session", "status", { execution_state: "idle" });
  assert.throws(() => decodeMessage("other", encode(frames)), EngineError);
  const changed = [...frames.slice(0, -1), '{"execution_state":"busy"}'];
  assert.throws(() => decodeMessage("key", encode(changed)), EngineError);
  assert.throws(() => decodeMessage("key", encode(["nonsense"])), EngineError);
});

Deno.test("a message does not hold the key that signs it", () => {
  const { frames } = encodeMessage("secret", "session", "execute_request", { code: "1" });
  assert.doesNotMatch(frames.join("\n"), /secret/);
  assert.equal(JSON.parse(frames[2]).session, "session");
});
