import assert from "node:assert/strict";
import fc from "fast-check";
import { lastHiddenState } from "../../../tests/random_bert/forward.ts";
import { drawWeights, tinyShape } from "../../../tests/random_bert/weights.ts";
import { writeBertFolder } from "../../../tests/random_bert/write_folder.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { DataError, ParameterError } from "../../errors.ts";
import { type BertEncoder, type BertOptions, loadBert } from "./encoder.ts";

const weights = drawWeights(tinyShape, 1, 0.3);
const texts = [
  "red guitar strings",
  "the cat",
  "a shirt for the pro kit",
  "z",
  "kit kit kit kit kit kit kit",
];

/** Runs a test with an encoder of the tiny model, loaded from a folder. */
function withEncoder(options: BertOptions, test: (encoder: BertEncoder) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    await writeBertFolder(folder, tinyShape, weights);
    const encoder = await loadBert({ model: folder, ...options });
    try {
      await test(encoder);
    } finally {
      await encoder.release();
    }
  });
}

const encodeTexts = ({ tokenize, encode }: BertEncoder, texts: string[]) => encode(texts.map(tokenize));

function assertClose(actual: Float32Array, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) <= tolerance, `${value} instead of ${expected[i]} at ${i}`);
  });
}

Deno.test("[CLS] vectors are those of a plain forward", () =>
  withEncoder({}, async (encoder) => {
    const expected = texts.flatMap((text) => lastHiddenState(tinyShape, weights, encoder.tokenize(text))[0]);
    assertClose(await encodeTexts(encoder, texts), expected, 1e-5);
  }));

Deno.test("mean vectors are those of a plain forward, without the padding", () =>
  withEncoder({ pooling: "mean" }, async (encoder) => {
    const expected = texts.flatMap((text) => {
      const states = lastHiddenState(tinyShape, weights, encoder.tokenize(text));
      return states[0].map((_, i) => states.reduce((sum, state) => sum + state[i], 0) / states.length);
    });
    assertClose(await encodeTexts(encoder, texts), expected, 1e-5);
  }));

Deno.test("batching and order never change a row", () =>
  withEncoder({}, async (encoder) => {
    const alone = await Promise.all(texts.map((text) => encodeTexts(encoder, [text])));
    const batch = fc.array(fc.nat(texts.length - 1), { minLength: 1, maxLength: 20 });
    await fc.assert(fc.asyncProperty(batch, async (choice) => {
      const rows = await encodeTexts(encoder, choice.map((i) => texts[i]));
      choice.forEach((i, row) =>
        assertClose(rows.subarray(row * tinyShape.hidden, (row + 1) * tinyShape.hidden), alone[i], 1e-6)
      );
    }));
  }));

Deno.test("q8 reads the quantised file, whose vectors are nearly those of a plain forward", () =>
  withEncoder({ dtype: "q8" }, async (encoder) => {
    const expected = texts.flatMap((text) => lastHiddenState(tinyShape, weights, encoder.tokenize(text))[0]);
    const actual = await encodeTexts(encoder, texts);
    const squares = (values: ArrayLike<number>) => Array.from(values, (value) => value ** 2);
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    const error = Math.sqrt(
      sum(squares(actual.map((value, i) => value - expected[i]))) / sum(squares(expected)),
    );
    assert.ok(error > 1e-4 && error < 0.05, `relative error ${error}`);
  }));

Deno.test("a long text is cut to what the model reads, from [CLS] to [SEP]", () =>
  withEncoder({}, ({ tokenize }) => {
    const [classification, separator] = [tokenize("cat")[0], tokenize("cat").at(-1)!];
    const word = tokenize("cat")[1];
    for (const long of ["cat ".repeat(25_000), "cat".repeat(33_334)]) {
      assert.ok(long.length >= 100_000);
      const tokens = tokenize(long);
      assert.ok(tokens.length <= tinyShape.positions);
      assert.deepEqual([tokens[0], tokens.at(-1)], [classification, separator]);
    }
    assert.deepEqual(
      tokenize("cat ".repeat(25_000)),
      [classification, ...Array(tinyShape.positions - 2).fill(word), separator],
    );
    return Promise.resolve();
  }));

Deno.test("control characters and halves of surrogate pairs are passed over", () =>
  withEncoder({}, ({ tokenize }) => {
    assert.deepEqual(tokenize("the\u0000 c\u0007at\ud83d"), tokenize("the cat"));
    assert.deepEqual(tokenize("\ud800\udbff\u0001"), tokenize(""));
    return Promise.resolve();
  }));

Deno.test("any string has tokens of the vocabulary", () =>
  withEncoder({}, async ({ tokenize, encode }) => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (text) => {
        const tokens = tokenize(text);
        assert.ok(tokens.every((token) => token >= 0 && token < tinyShape.vocabulary));
        assert.equal((await encode([tokens])).length, tinyShape.hidden);
      }),
      { numRuns: 30 },
    );
  }));

const damages: [name: string, damage: (folder: string) => Promise<void>, where: string, says: RegExp][] = [
  [
    "a folder without tokenizer",
    (folder) => Deno.remove(`${folder}/tokenizer.json`),
    "",
    /no tokenizer\.json.*huggingface\.co.*offline/,
  ],
  [
    "a folder without weights",
    (folder) => Deno.remove(`${folder}/onnx/model.onnx`),
    "",
    /no onnx\/model\.onnx/,
  ],
  [
    "a tokenizer that is none",
    (folder) => Deno.writeTextFile(`${folder}/tokenizer.json`, "{"),
    "/tokenizer.json",
    /damaged/,
  ],
  [
    "a truncated ONNX file",
    (folder) => Deno.truncate(`${folder}/onnx/model.onnx`, 20_000),
    "/onnx/model.onnx",
    /download/,
  ],
  [
    "an empty ONNX file",
    (folder) => Deno.truncate(`${folder}/onnx/model.onnx`, 0),
    "/onnx/model.onnx",
    /download/,
  ],
  [
    "a configuration without sizes",
    (folder) => Deno.writeTextFile(`${folder}/config.json`, '{"model_type":"bert"}'),
    "/config.json",
    /hidden_size/,
  ],
];

for (const [name, damage, where, says] of damages) {
  Deno.test(`${name} is an error that names the file`, () =>
    withTemporaryFolder(async (folder) => {
      await writeBertFolder(folder, tinyShape, weights);
      await damage(folder);
      await assert.rejects(
        loadBert({ model: folder }),
        (error) =>
          error instanceof DataError && error.problem.where === folder + where && says.test(error.message),
      );
    }));
}

Deno.test("weights that give no finite numbers are an error", () =>
  withTemporaryFolder(async (folder) => {
    const broken = drawWeights(tinyShape, 1, 0.3);
    broken["layers.0.outputNorm.bias"].values[3] = NaN;
    await writeBertFolder(folder, tinyShape, broken);
    const encoder = await loadBert({ model: folder });
    await assert.rejects(encodeTexts(encoder, ["the cat"]), DataError);
    await encoder.release();
  }));

Deno.test("where neither weights nor a network are, the error names the folder, the files and the way out", () =>
  withTemporaryFolder(async (modelRoot) => {
    await assert.rejects(
      loadBert({ modelRoot, model: "nobody/this-model-does-not-exist" }),
      (error) =>
        error instanceof DataError &&
        error.problem.where === `${modelRoot}/nobody/this-model-does-not-exist` &&
        /onnx\/model\.onnx.*https:\/\/huggingface\.co\/nobody.*offline/.test(error.message),
    );
  }));

Deno.test("a model that has been downloaded is read from its folder", () =>
  withTemporaryFolder(async (modelRoot) => {
    await writeBertFolder(`${modelRoot}/Xenova/bert-base-uncased/default`, tinyShape, weights);
    // the default model is the same whether it is named or not
    for (const model of [undefined, "Xenova/bert-base-uncased"]) {
      const encoder = await loadBert({ modelRoot, model });
      assert.equal(encoder.width, tinyShape.hidden);
      await encoder.release();
    }
  }));

Deno.test("an unknown pooling or data type is an error that names the choices", async () => {
  await assert.rejects(loadBert(JSON.parse(`{"pooling":"max"}`)), ParameterError);
  await assert.rejects(loadBert(JSON.parse(`{"dtype":"q4"}`)), ParameterError);
});

const normalised = (row: number[]) => {
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
};
const meanOf = (states: number[][]) =>
  states[0].map((_, i) => states.reduce((sum, state) => sum + state[i], 0) / states.length);

for (
  const [model, pool, prefix, isNormalised] of [
    ["Xenova/bert-base-uncased", (states: number[][]) => states[0], "", false],
    ["sentence-transformers/all-MiniLM-L6-v2", meanOf, "", true],
    ["intfloat/e5-small-v2", meanOf, "passage: ", true],
    ["BAAI/bge-small-en", (states: number[][]) => states[0], "", true],
    ["thenlper/gte-small", meanOf, "", true],
    ["Alibaba-NLP/gte-base-en-v1.5", (states: number[][]) => states[0], "", true],
    ["onnx-community/Qwen3-Embedding-0.6B-ONNX", (states: number[][]) => states.at(-1)!, "", true],
  ] as const
) {
  Deno.test(`${model}: pooling, prefix and length are those of its family`, () =>
    withTemporaryFolder(async (root) => {
      await writeBertFolder(`${root}/${model}`, tinyShape, weights);
      const encoder = await loadBert({ model: `${root}/${model}` });
      try {
        const plain = await loadBert({
          model: `${root}/${model}`,
          prefix: "",
          pooling: "cls",
          normalise: false,
        });
        const expected = texts.flatMap((text) => {
          const row = pool(lastHiddenState(tinyShape, weights, plain.tokenize(prefix + text)));
          return isNormalised ? normalised(row) : row;
        });
        await plain.release();
        assertClose(await encodeTexts(encoder, texts), expected, 1e-5);
      } finally {
        await encoder.release();
      }
    }));
}

Deno.test("a folder in the layout of sentence-transformers says how it pools", () =>
  withTemporaryFolder(async (folder) => {
    await writeBertFolder(folder, tinyShape, weights);
    await Deno.mkdir(`${folder}/1_Pooling`);
    await Deno.writeTextFile(
      `${folder}/1_Pooling/config.json`,
      JSON.stringify({ pooling_mode_mean_tokens: true }),
    );
    const encoder = await loadBert({ model: folder });
    assert.equal(encoder.settings.pooling, "mean");
    await encoder.release();
  }));

Deno.test("whatever a vector depends on is part of the encoder's settings", () =>
  withTemporaryFolder(async (folder) => {
    await writeBertFolder(folder, tinyShape, weights);
    await Deno.copyFile(`${folder}/onnx/model_quantized.onnx`, `${folder}/onnx/model_fp16.onnx`);
    const seen = new Set<string>();
    const choices: BertOptions[] = [
      {},
      { pooling: "mean" },
      { pooling: "last" },
      { prefix: "red " },
      { normalise: true },
      { maxLength: 3 },
      { dtype: "fp16" },
    ];
    for (const choice of choices) {
      const encoder = await loadBert({ model: folder, ...choice });
      seen.add(JSON.stringify(encoder.settings));
      assert.ok(encoder.tokenize("the cat the cat").length <= (choice.maxLength ?? 512));
      await encoder.release();
    }
    assert.equal(seen.size, choices.length);
  }));
