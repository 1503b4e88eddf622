import assert from "node:assert/strict";
import { packSequences } from "../../data/domain.ts";
import { type FrameworkDomain, plotFramework } from "./framework.ts";

const domainOf = (name: string, items: number): FrameworkDomain => ({
  name,
  itemIds: Array.from({ length: items }, (_, item) => String(item)),
  sequences: packSequences([[0, 1, 2], [2, 1, 0]]),
});
const sizes = { featureSize: 768, hiddenSize: 32, experts: 8, layers: 2 };
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

Deno.test("the framework shows domains, both tasks, both settings and the sizes that they have", () => {
  const texts = textsOf(plotFramework([domainOf("Outdoors", 1240)], domainOf("Studio", 432), sizes));
  for (
    const text of [
      ...["Outdoors", "1,240 items", "Studio", "432 items", "768 → 32", "8 experts, each", "2 layers"],
      ...["Sequence–item (8)", "Sequence–sequence (9)", "Inductive, t (11)", "Transductive, t+ID (12)"],
    ]
  ) {
    assert.ok(texts.includes(text), text);
  }
});

Deno.test("the encoder is dashed in fine-tuning only, the text encoder in both stages", () => {
  const svg = plotFramework([domainOf("Outdoors", 3)], domainOf("Studio", 3), sizes);
  const [group] = svg.match(/<g[^>]*stroke-dasharray[^>]*>.*?<\/g>/s)!;
  assert.equal([...group.matchAll(/<rect/g)].length, 3);
});

Deno.test("many sources are counted, and long names cut", () => {
  const sources = ["A", "B", "C", "D", "E"].map((name) => domainOf(name, 3));
  const texts = textsOf(plotFramework(sources, domainOf("A shop with a very long name", 3), sizes));
  assert.ok(texts.includes("3 more sources") && !texts.includes("C"));
  assert.ok(texts.includes("A shop with a ver…"));
});
