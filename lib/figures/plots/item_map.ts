import * as Plot from "@observablehq/plot";
import type { FeatureTable } from "../../data/domain.ts";
import { legend, lineHeight } from "../drawing/legend.ts";
import { besideEachOther, plotSvg, seriesColour, twoColumns } from "../drawing/plot.ts";

/** Points of a domain; more would hide each other. */
const mostPoints = 1200;

/**
 * Draws items as points on planes next to each other, in the colour of their domain.
 *
 * @param maps each with its title, and for every domain two coordinates per item, `[items, 2]`
 */
export function plotItemMaps(
  maps: { title: string; domains: { name: string; points: FeatureTable }[] }[],
): string {
  return besideEachOther(maps.map(({ title, domains }, index) => {
    const points = domains.flatMap(({ points }, domain) =>
      spread(points).map(([x, y], at) => ({ x, y, at, colour: seriesColour(domain) }))
    );
    return plotSvg({
      width: twoColumns / 3,
      height: twoColumns / 3 + 40 + lineHeight * domains.length,
      marginTop: 40,
      marginBottom: 20 + lineHeight * domains.length,
      marginLeft: 10,
      marginRight: 10,
      // no numbers: only distances mean something
      x: { axis: null, inset: 8 },
      y: { axis: null, inset: 8 },
      marks: [
        Plot.frame({ stroke: "#cccccc" }),
        // every domain's first item, then every domain's second one …: no domain lies on top of all others
        Plot.dot(points, { x: "x", y: "y", fill: "colour", r: 1.8, fillOpacity: 0.6, sort: "at" }),
        Plot.text([title], { frameAnchor: "top-left", dy: -22, fontSize: 13 }),
        // the colours are the same in all maps
        index === 0 ? legend(domains.map(({ name }) => name), "below left", "dot") : null,
      ],
    });
  }));
}

/** Returns the coordinates of all items, or of as many as can be told apart, at equal steps through the table. */
function spread({ values, rows }: FeatureTable): [number, number][] {
  const count = Math.min(rows, mostPoints);
  return Array.from({ length: count }, (_, at) => {
    const row = Math.floor(at * rows / count);
    return [values[2 * row], values[2 * row + 1]];
  });
}
