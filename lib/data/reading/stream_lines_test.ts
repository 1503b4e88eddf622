import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { DataError } from "../../errors.ts";
import { streamLines } from "./stream_lines.ts";
import { inFolder, rejects } from "../test_helpers.ts";

async function linesOf(path: string): Promise<string[]> {
  const lines: string[] = [];
  await streamLines(path, (line, number) => assert.equal(lines.push(line), number));
  return lines;
}

/** More than one piece of a stream, with characters of several bytes. */
const long = Array.from({ length: 20_000 }, (_, i) => `line ${i} – ${(i * 7919) % 10_007}`);
const packed = new Uint8Array(gzipSync(long.join("\n")));

Deno.test("lines come whole and in order, from plain and packed files", () =>
  inFolder({
    "plain": long.join("\n"),
    "one.gz": packed,
    "two.gz": Uint8Array.of(...gzipSync("a\r\n"), ...gzipSync("b\n")),
    "empty": "",
    "blank": "a\n\nb\n",
  }, async (folder) => {
    assert.deepEqual(await linesOf(`${folder}/plain`), long);
    assert.deepEqual(await linesOf(`${folder}/one.gz`), long);
    assert.deepEqual(await linesOf(`${folder}/two.gz`), ["a", "b"]);
    assert.deepEqual(await linesOf(`${folder}/empty`), []);
    assert.deepEqual(await linesOf(`${folder}/blank`), ["a", "", "b"]);
  }));

Deno.test("a file that is missing, cut off, not packed or not UTF-8 is an error that names it", () =>
  inFolder({
    "cut.gz": packed.subarray(0, packed.length / 2),
    "fake.gz": "item,user",
    "latin": Uint8Array.of(65, 10, 0xa3, 66),
  }, async (folder) => {
    await rejects(linesOf(`${folder}/none`), DataError, /none, after line 0: expected a file/);
    await rejects(
      linesOf(`${folder}/cut.gz`),
      DataError,
      /cut\.gz, after line \d+: expected a whole gzip file.*end of file/,
    );
    await rejects(
      linesOf(`${folder}/fake.gz`),
      DataError,
      /fake\.gz, after line 0: expected a whole gzip file/,
    );
    await rejects(linesOf(`${folder}/latin`), DataError, /latin, after line 0: expected a file of UTF-8/);
  }));

Deno.test("what the visitor throws comes through as it is", () =>
  inFolder({ "x.gz": packed }, (folder) =>
    rejects(
      streamLines(`${folder}/x.gz`, () => {
        throw new RangeError("mine");
      }),
      RangeError,
      /^mine$/,
    )));
