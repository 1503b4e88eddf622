import assert from "node:assert/strict";
import fc from "fast-check";
import { DOMParser } from "linkedom";
import { namesPanel } from "./series_names.ts";
import { svgSize, twoColumns } from "../drawing/plot.ts";
import { widthOfText } from "../drawing/wrap_text.ts";

const frame = { width: twoColumns, marginLeft: 55, marginRight: 20 };

/** Returns the names of a panel with where they stand. */
function places(names: string[]): { name: string; left: number; top: number }[] {
  const panel = namesPanel(names.map((name, index) => ({ name, index })), frame);
  return [...new DOMParser().parseFromString(panel, "image/svg+xml").querySelectorAll("text")].map((text) => {
    const [left, top] = text.getAttribute("transform")!.match(/-?[0-9.]+/g)!.map(Number);
    return { name: text.textContent ?? "", left, top };
  });
}

const perLine = (names: string[]) =>
  Map.groupBy(places(names), ({ top }) => top).values().next().value!.length;

Deno.test("short names stand four in a line, long ones as many as have room", () => {
  assert.equal(perLine(["SASRec", "UniSRec t", "UniSRec t+ID", "FDSA", "S3-Rec"]), 4);
  assert.equal(perLine(Array(6).fill("UniSRec t+ID, pre-trained, encoder frozen")), 2);
  assert.equal(
    perLine(Array(3).fill("UniSRec t+ID, pre-trained on all five sources, the encoder frozen")),
    1,
  );
});

Deno.test("no name reaches into the next, past the margin or below the panel", () => {
  const name = fc.string({ unit: fc.constantFrom(..."abcMW 0,ö"), minLength: 1, maxLength: 150 })
    .map((text) => `x${text}x`);
  fc.assert(fc.property(fc.array(name, { minLength: 1, maxLength: 16 }), (names) => {
    const placed = places(names);
    assert.equal(placed.length, names.length);
    const { height } = svgSize(namesPanel(names.map((name, index) => ({ name, index })), frame));
    placed.forEach(({ name, left, top }, at) => {
      const next = placed[at + 1];
      const end = next?.top === top ? next.left : frame.width - frame.marginRight;
      assert.ok(left + widthOfText(name, 12) <= end, name);
      assert.ok(top < height);
    });
  }));
});

Deno.test("a name that is wider than the panel is cut short, and only such a one", () => {
  const [wide] = places(["a long name ".repeat(12)]);
  assert.match(wide.name, /^a long name .*…$/);
  assert.deepEqual(places(["a long name"]).map(({ name }) => name), ["a long name"]);
});
