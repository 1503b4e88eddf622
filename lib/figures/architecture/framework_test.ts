import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { createUniSRec } from "../../systems/unisrec/model.ts";
import { plotFramework } from "./framework.ts";

const model = createUniSRec(1234, {
  setting: "transductive",
  hiddenSize: 64,
  featureSize: 384,
  experts: 4,
  layers: 3,
  heads: 4,
  maxLength: 20,
});
const textOf = (sources: string[], target = "Gifts") =>
  [
    ...new DOMParser().parseFromString(plotFramework(model, sources, target), "image/svg+xml")
      .querySelectorAll("text"),
  ]
    .map(({ textContent }) => textContent).join(" ");

Deno.test("the framework has the model's sizes and the domains' names", () => {
  const text = textOf(["Home & Garden", "Books"]);
  const parts = [
    "Home & Garden",
    "Books",
    "Gifts",
    "384 features",
    "4 experts",
    "384 → 64",
    "3 layers, 4 heads",
    "20",
    "1,234",
  ];
  for (const part of parts) assert.ok(text.includes(part), part);
  assert.doesNotMatch(text, /more/);
});

Deno.test("of many domains some are named, and how many more there are", () => {
  const text = textOf(["A", "B", "C", "D", "E"]);
  assert.match(text, /\bC\b/);
  assert.doesNotMatch(text, /\bD\b/);
  assert.match(text, /2 more/);
});

Deno.test("without sources it says so", () => {
  assert.match(textOf([]), /no domain here/);
});

Deno.test("names that are too long are cut, and one domain is enough", () => {
  const long = "A domain with a name that nobody would want to read to its end";
  assert.doesNotMatch(textOf([long], long), /to its end/);
});
