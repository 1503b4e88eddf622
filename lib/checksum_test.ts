import assert from "node:assert/strict";
import { withTemporaryFolder } from "../tests/with_temporary_folder.ts";
import { checksumOf, checksumOfFile } from "./checksum.ts";

Deno.test("a file has the checksum of its bytes, however they are cut", () =>
  withTemporaryFolder(async (folder) => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => i * i >> 7);
    await Deno.writeFile(`${folder}/bytes`, bytes);
    const whole = checksumOf([bytes]);
    assert.equal(checksumOf([bytes.subarray(0, 5), new Uint8Array(0), bytes.subarray(5)]), whole);
    assert.equal(await checksumOfFile(`${folder}/bytes`), whole);
    bytes[2_999_999] ^= 1;
    assert.notEqual(checksumOf([bytes]), whole);
  }));

Deno.test("a small checksum has all its digits", () => {
  assert.equal(checksumOf([]), "00000000");
  assert.match(checksumOf([Uint8Array.of(0x99, 0x38, 0x04, 0x12)]), /^[0-9a-f]{8}$/);
});
