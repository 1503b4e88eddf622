import * as Plot from "@observablehq/plot";
import { ink } from "../drawing/palette.ts";
import { plotSvg, twoColumns } from "../drawing/plot.ts";

const widestCell = 62;
const marginRight = 20;
const cellHeight = 34;
/** Pixels of the widest letter of a domain's name. */
const letterWidth = 7.5;

/**
 * Draws how much each expert counts in each domain: a row per domain, a column per expert, the weights in the cells.
 *
 * Pale cells are near the weight that all experts have when none is preferred; orange is more, purple less.
 *
 * @param domains each with its items' mean gate weights, `[experts]`
 */
export function plotGates(domains: { name: string; gates: ArrayLike<number> }[]): string {
  const cells = domains.flatMap(({ name, gates }) =>
    Array.from(gates, (weight, expert) => ({ name, expert: expert + 1, weight }))
  );
  const equal = 1 / domains[0].gates.length;
  const farthest = Math.max(...cells.map(({ weight }) => Math.abs(weight - equal)), Number.EPSILON);
  const marginLeft = 20 + letterWidth * Math.max(...domains.map(({ name }) => name.length));
  const cellWidth = Math.min(widestCell, (twoColumns - marginLeft - marginRight) / domains[0].gates.length);
  return plotSvg({
    width: marginLeft + marginRight + cellWidth * domains[0].gates.length,
    height: 70 + cellHeight * domains.length,
    marginLeft,
    marginRight,
    x: { type: "band", label: "Expert", padding: 0.04 },
    y: { type: "band", label: null, domain: domains.map(({ name }) => name), padding: 0.06 },
    color: { type: "linear", scheme: "PuOr", domain: [equal - farthest, equal + farthest] },
    marks: [
      Plot.cell(cells, { x: "expert", y: "name", fill: "weight" }),
      Plot.text(cells, {
        x: "expert",
        y: "name",
        text: ({ weight }) => weight.toFixed(3),
        // white on the dark ends of the scheme
        fill: ({ weight }) => Math.abs(weight - equal) > 0.6 * farthest ? "white" : ink,
      }),
    ],
  });
}
