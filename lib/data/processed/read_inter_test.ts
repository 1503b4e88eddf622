import assert from "node:assert/strict";
import { sequenceOf } from "../domain.ts";
import { DataError } from "../../errors.ts";
import { interHeader, readInter } from "./read_inter.ts";
import { inFolder, rejects } from "../test_helpers.ts";

const good = [interHeader, "0\t3 1\t2", "7\t4\t0"];

async function check(lines: string[], pattern: RegExp, end = "\n") {
  await inFolder(
    { "X.train.inter": lines.join("\n") + end },
    (folder) => rejects(readInter(`${folder}/X.train.inter`), DataError, pattern),
  );
}

for (
  const [kind, text] of [
    ["line feeds", good.join("\n") + "\n"],
    ["no end of the last line", good.join("\n")],
    ["carriage returns", good.join("\r\n") + "\r\n"],
  ]
) {
  Deno.test(`users, histories and targets are read from lines with ${kind}`, () =>
    inFolder({ "X.inter": text }, async (folder) => {
      const { users, histories, targets } = await readInter(`${folder}/X.inter`);
      assert.deepEqual([...users], [0, 7]);
      assert.deepEqual([[...sequenceOf(histories, 0)], [...sequenceOf(histories, 1)]], [[3, 1], [4]]);
      assert.deepEqual([...targets], [2, 0]);
    }));
}

Deno.test("a file of the header alone has no rows", () =>
  inFolder({ "X.inter": interHeader }, async (folder) => {
    assert.equal((await readInter(`${folder}/X.inter`)).users.length, 0);
  }));

Deno.test("a missing file is named", () =>
  inFolder({}, (folder) => rejects(readInter(`${folder}/X.inter`), DataError, /X\.inter: expected a file/)));

Deno.test("a wrong header is named with its line", async () => {
  await check(["user_id:token\titem_id:token", ...good.slice(1)], /X\.train\.inter:1: expected the header/);
  await check([""], /X\.train\.inter:1: expected the header/, "");
});

for (
  const [kind, line] of [
    ["a word", "0\t3 one\t2"],
    ["a fraction", "0\t3 1.5\t2"],
    ["a negative number", "0\t3 1\t-2"],
    ["a number beyond 32 bits", "0\t3 2147483648\t2"],
    ["a missing history", "0\t\t2"],
    ["two spaces", "0\t3  1\t2"],
    ["a trailing space", "0\t3 1\t2 "],
    ["a missing target", "0\t3 1"],
    ["an empty target", "0\t3 1\t"],
    ["a fourth column", "0\t3 1\t2\t5"],
    ["an empty line in the middle", ""],
  ]
) {
  Deno.test(`${kind} is an error that names the line`, async () => {
    await check([good[0], good[1], line, good[2]], /X\.train\.inter:3: expected a user index/);
  });
}

Deno.test("a line without a target does not borrow the next line's", async () => {
  await check([good[0], "0\t3", "1\t4\t2"], /X\.train\.inter:2: /);
});
