import assert from "node:assert/strict";
import { dashes, palette } from "./palette.ts";

/** Relative luminance as WCAG 2 defines it: 0 for black, 1 for white. */
function luminance(colour: string): number {
  const [red, green, blue] = colour.match(/[0-9a-f]{2}/g)!.map((hex) => {
    const value = parseInt(hex, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

Deno.test("neighbouring colours differ in grey, and all of them from white paper", () => {
  const greys = palette.map(luminance);
  for (const [index, grey] of greys.entries()) {
    const next = greys[(index + 1) % greys.length];
    assert.ok(contrast(grey, next) > 1.25, `${palette[index]} and the next`);
    assert.ok(contrast(grey, 1) > 2, palette[index]);
  }
});

Deno.test("every colour's lines have a dash of their own", () => {
  assert.equal(new Set(dashes).size, palette.length);
});
