import * as Plot from "@observablehq/plot";
import type { BatchInstance } from "../../systems/unisrec/batch_instances.ts";
import { palette } from "../drawing/palette.ts";
import { plotSvg } from "../drawing/plot.ts";

const [within, across, positive] = palette;
const kinds = {
  "positive": positive,
  "negative, same domain": within,
  "negative, other domain": across,
  "left out: same item or user": "#e6e6e6",
};

/**
 * Draws which instances of a batch are each other's negatives: a row for each query, a column for each target item.
 *
 * @param instances a few dozen, in the order in which they are to stand
 */
export function plotNegatives(instances: readonly BatchInstance[]): string {
  const cells = instances.flatMap((query, row) =>
    instances.map((other, column) => ({ row, column, kind: kindOf(query, other, row === column) }))
  );
  return plotSvg({
    width: 620,
    height: 440,
    marginRight: 190,
    marginLeft: 45,
    x: { label: "Target item of instance", ticks: [] },
    y: { label: "Query", ticks: [] },
    color: { domain: Object.keys(kinds), range: Object.values(kinds) },
    marks: [
      Plot.cell(cells, { x: "column", y: "row", fill: "kind", inset: 0.4 }),
      ...Object.entries(kinds).flatMap(([kind, colour], index) => {
        const place = { frameAnchor: "top-right", dy: 12 + 20 * index } as const;
        return [
          Plot.dot([kind], { ...place, dx: 14, fill: colour, r: 6, symbol: "square" }),
          Plot.text([kind], { ...place, text: [kind], dx: 26, textAnchor: "start", lineAnchor: "middle" }),
        ];
      }),
    ],
  });
}

function kindOf(query: BatchInstance, other: BatchInstance, isOwn: boolean): keyof typeof kinds {
  if (isOwn) return "positive";
  if (query.user === other.user || query.target === other.target) return "left out: same item or user";
  return query.domain === other.domain ? "negative, same domain" : "negative, other domain";
}
