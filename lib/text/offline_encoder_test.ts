import assert from "node:assert/strict";
import fc from "fast-check";
import { makeSample } from "../data/sample/sample.ts";
import { conceptOfText } from "../data/sample/concepts.ts";
import { DataError } from "../errors.ts";
import { encodeOffline } from "./offline_encoder.ts";

const word = fc.stringMatching(/^[a-z0-9é]{1,12}$/);
const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(" "));

Deno.test("rows are finite, of the asked width and of a [CLS] vector's size", () => {
  fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
    const { values, rows, width } = encodeOffline(texts, { width: 96 });
    assert.deepEqual([values.length, rows, width], [texts.length * 96, texts.length, 96]);
    for (let row = 0; row < rows; row++) {
      const meanSquare = values.subarray(row * 96, (row + 1) * 96).reduce((sum, v) => sum + v * v, 0) / 96;
      assert.ok(Math.abs(Math.sqrt(meanSquare) - 0.55) < 1e-3, `root mean square ${Math.sqrt(meanSquare)}`);
    }
  }));
});

Deno.test("the same texts and seed give the same vectors, another seed others", () => {
  const texts = ["red dog leash", "blue cat toy"];
  assert.deepEqual(encodeOffline(texts), encodeOffline(texts));
  assert.notDeepEqual(encodeOffline(texts, { seed: 1 }), encodeOffline(texts));
});

Deno.test("items of one concept lie closer than others, within a domain and across two", () => {
  const { sources: [first], targets: [, second] } = makeSample();
  const tables = [first, second].map(({ itemTexts }) => encodeOffline(itemTexts!).values);
  const kinds = [first, second].map(({ itemTexts }) => itemTexts!.map(conceptOfText));
  for (const [here, there] of [[0, 0], [0, 1]]) {
    const same: number[] = [];
    const other: number[] = [];
    for (let i = 0; i < 120; i++) {
      for (let j = 0; j < 120; j++) {
        if (here === there && i === j) continue;
        (kinds[here][i] === kinds[there][j] ? same : other).push(cosine(tables[here], i, tables[there], j));
      }
    }
    assert.ok(mean(same) > mean(other) + 0.2, `same concept ${mean(same)}, other concepts ${mean(other)}`);
  }
});

Deno.test("a text without letters and digits is an error that names the item", () => {
  for (const empty of ["", " . "]) {
    assert.throws(
      () => encodeOffline(["red dog leash", empty]),
      (error) => error instanceof DataError && error.message.startsWith("text of item 1:"),
    );
  }
});

function cosine(left: Float32Array, i: number, right: Float32Array, j: number): number {
  let product = 0;
  for (let k = 0; k < 768; k++) product += left[i * 768 + k] * right[j * 768 + k];
  return product / (768 * 0.55 ** 2);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
