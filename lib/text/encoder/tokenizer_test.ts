import assert from "node:assert/strict";
import { tinyTokenizer } from "../../../tests/random_bert/write_folder.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { loadDomain } from "../../data/profile.ts";
import { DataError } from "../../errors.ts";
import { countTokens, loadTokenizer, truncate } from "./tokenizer.ts";

const bertFolder = Deno.env.get("UNISREC_BERT");
const dataRoot = Deno.env.get("UNISREC_DATA");

Deno.test("a folder needs a tokenizer, not a model", () =>
  withTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/tokenizer.json`, tinyTokenizer());
    await assert.rejects(
      loadTokenizer(folder),
      (error) => error instanceof DataError && /no tokenizer_config\.json/.test(error.message),
    );
    await Deno.writeTextFile(`${folder}/tokenizer_config.json`, '{"tokenizer_class":"BertTokenizer"}');
    const tokenize = await loadTokenizer(folder);
    const [cat, s] = [tokenize("cat")[1], tokenize("cats")[2]];
    assert.deepEqual(tokenize("Cats, the CAT"), [2, cat, s, 1, tokenize("the")[1], cat, 3]);
  }));

Deno.test("truncation keeps the first tokens and the last", () => {
  assert.deepEqual(truncate([2, 5, 6, 7, 3], 4), [2, 5, 6, 3]);
  assert.deepEqual(truncate([2, 5, 3], 3), [2, 5, 3]);
});

Deno.test("counts go up to 512", () => {
  const tokenize = (text: string) => Array(text.length + 2).fill(1);
  assert.deepEqual([...countTokens(tokenize, ["", "abc", "a".repeat(1000)])], [2, 5, 512]);
});

Deno.test({
  name: "BERT's own tokenizer gives the tokens that its authors' gives",
  ignore: !bertFolder,
  fn: async () => {
    const tokenize = await loadTokenizer(bertFolder!);
    assert.deepEqual(tokenize("hello world"), [101, 7592, 2088, 102]);
    assert.deepEqual(tokenize("Hello, WÖRLD \ud83d"), tokenize("hello, world"));
    assert.equal(countTokens(tokenize, ["cat ".repeat(25_000)])[0], 512);
  },
});

// exactly: without the space that ends each text of the released Amazon files
for (const [dataset, characters] of [["Scientific", 182.87], ["OR", 27.8]] as const) {
  Deno.test({
    name: `${dataset}: the paper's number of tokens is the number of characters`,
    ignore: !bertFolder || !dataRoot,
    fn: async () => {
      const { itemTexts } = await loadDomain(dataset);
      const mean = (counts: ArrayLike<number>) =>
        Array.from(counts).reduce((sum, n) => sum + n, 0) / counts.length;
      const length = mean(itemTexts!.map((text) => text.replace(/ $/, "").length));
      assert.equal(length.toFixed(2), characters.toFixed(2));
      const tokens = mean(countTokens(await loadTokenizer(bertFolder!), itemTexts!));
      assert.ok(tokens < characters / 3, `${tokens} tokens`);
    },
  });
}
