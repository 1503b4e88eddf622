import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { pointsPerPixel, svgSize, twoColumns } from "./drawing/plot.ts";
import { testFigures } from "./test_figures.ts";

const snapshot = (name: string) => new URL(`snapshots/${name}.svg`, import.meta.url);
// to accept changed figures after looking at them
const isUpdate = Deno.env.get("UPDATE_SNAPSHOTS") === "1";

for (const [name, svg] of Object.entries(testFigures)) {
  Deno.test(`${name} is drawn as in its snapshot`, async () => {
    if (isUpdate) await Deno.writeTextFile(snapshot(name), svg);
    const expected = await Deno.readTextFile(snapshot(name));
    assert.ok(svg === expected, `look at the figure, then run this test with UPDATE_SNAPSHOTS=1`);
  });

  Deno.test(`${name} stands alone, fits on a page and can be read in print`, () => {
    assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    assert.doesNotMatch(svg, /<style|var\(|currentColor|NaN|undefined/);
    const { width, height } = svgSize(svg);
    assert.ok(width <= twoColumns && height <= 1.3 * twoColumns, `${width} × ${height}`);
    const sizes = [...new DOMParser().parseFromString(svg, "image/svg+xml").querySelectorAll("[font-size]")]
      .map((element) => Number(element.getAttribute("font-size")));
    assert.ok(sizes.length > 0 && sizes.every((size) => size * pointsPerPixel >= 7), sizes.join(" "));
  });
}

Deno.test("every snapshot is that of a figure", async () => {
  const files = await Array.fromAsync(Deno.readDir(new URL("snapshots/", import.meta.url)));
  assert.deepEqual(
    files.map(({ name }) => name).sort(),
    Object.keys(testFigures).map((name) => `${name}.svg`).sort(),
  );
});
