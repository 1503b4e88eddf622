import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { frozenEncoder } from "../../systems/unisrec/system.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { createSasRec } from "../../systems/sasrec/model.ts";
import { createUniSRec } from "../../systems/unisrec/model.ts";
import { countParameters } from "../../nn/parameters.ts";
import { plotArchitecture } from "./architecture.ts";
import { architectureBlocks } from "./blocks.ts";
import { layOutArchitecture } from "./layout.ts";
import { twoColumns } from "../drawing/plot.ts";

const sizes = { hiddenSize: 12, innerSize: 6, layers: 3 };
const sasRec = createSasRec(40, sizes);
const text = createUniSRec(40, { ...sizes, featureSize: 16, experts: 4 });
const both = createUniSRec(40, { ...sizes, featureSize: 16, experts: 4, setting: "transductive" });
/** A model with parts that no other has. */
const other: SequenceModel = {
  ...sasRec,
  parameters: {
    ...sasRec.parameters,
    "head.output.kernel": { shape: [12, 5], initial: "normal" },
    "head.output.bias": { shape: [5], initial: "zeros" },
    ...Object.fromEntries(Array.from("abcdefghijklmnop", (letter) => [
      `towers.${letter.repeat(8)}.kernel`,
      { shape: [3, 3], initial: "normal" as const },
    ])),
    "encoder.scale": { shape: [], initial: "ones" },
  },
};
const models = [sasRec, text, both, other];

const textsOf = (svg: string) =>
  [...new DOMParser().parseFromString(svg, "image/svg+xml").querySelectorAll("text")]
    .map(({ textContent }) => textContent ?? "");

Deno.test("the blocks hold every parameter of a model, known or not", () => {
  for (const model of models) {
    const counts = architectureBlocks(model).map(({ parameters }) => parameters);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      countParameters(model.parameters),
      model.name,
    );
  }
});

Deno.test("a model has the blocks of its own parameters and no others", () => {
  const titles = (model: SequenceModel) => architectureBlocks(model).map(({ title }) => title);
  const has = (model: SequenceModel) => [
    titles(model).includes("Item ID embedding"),
    titles(model).includes("Adaptor, 4 experts"),
  ];
  assert.deepEqual([sasRec, text, both].map(has), [[true, false], [false, true], [true, true]]);
  for (const title of ["head", "towers", "encoder"]) assert.ok(titles(other).includes(title), title);
  assert.equal(titles(both).filter((title) => title.includes("self-attention, 2 heads")).length, 3);
});

Deno.test("tensors are described by their shapes, equal layers together", () => {
  const tensors = Object.fromEntries(
    architectureBlocks(both).map(({ prefix, tensors }) => [prefix, tensors]),
  );
  assert.deepEqual(tensors["encoder.layers.0.attention."], [
    "query, key, value, output: 12 × 12 + 12",
    "norm: 12 + 12",
  ]);
  assert.deepEqual(tensors["items."], ["40 × 12"]);
});

Deno.test("blocks are frozen wholly, partly or not at all, and the figure says how much trains", () => {
  const blocks = architectureBlocks(text, [...frozenEncoder, "adaptor.experts."]);
  const frozen = (prefix: string) => blocks.find((block) => block.prefix === prefix)?.frozen;
  assert.deepEqual(["positions.", "input.", "adaptor."].map(frozen), ["all", "none", "some"]);

  const trained = Object.entries(text.parameters).filter(([name]) =>
    !frozenEncoder.some((prefix) => name.startsWith(prefix))
  );
  const count = countParameters(Object.fromEntries(trained)).toLocaleString("en-GB");
  assert.match(textsOf(plotArchitecture(text, frozenEncoder))[0], new RegExp(`of which ${count} train`));
  assert.doesNotMatch(plotArchitecture(text), /frozen|dashed/);
});

Deno.test("every block is drawn with its title, its tensors and its number of parameters", () => {
  for (const model of models) {
    const texts = textsOf(plotArchitecture(model));
    for (const { title, tensors, parameters } of architectureBlocks(model)) {
      assert.ok(texts.some((text) => text.endsWith(title)), title);
      assert.ok(texts.includes(parameters.toLocaleString("en-GB")), title);
      for (const word of tensors.join(" ").split(" ")) assert.ok(texts.join(" ").includes(word), word);
    }
  }
});

Deno.test("boxes stay on the page and apart, and no line of text is longer than its box", () => {
  for (const model of models) {
    const { boxes, height } = layOutArchitecture(model, architectureBlocks(model), 30);
    for (const [index, box] of boxes.entries()) {
      assert.ok(box.left >= 0 && box.left + box.width <= twoColumns, box.title);
      assert.ok(box.top >= 30 && box.top + box.height <= height, box.title);
      // letters of 12 pixels are 6 wide on average
      for (const line of box.lines) assert.ok(6 * line.length <= box.width - 20, line);
      for (const other of boxes.slice(index + 1)) {
        const apart = box.left + box.width <= other.left || other.left + other.width <= box.left ||
          box.top + box.height <= other.top || other.top + other.height <= box.top;
        assert.ok(apart, `${box.title} and ${other.title}`);
      }
    }
  }
});
