import * as Plot from "@observablehq/plot";
import type { HitOverlap } from "../../studies/hit_overlap.ts";
import { besideEachOther, plotSvg, seriesColour, twoColumns } from "../drawing/plot.ts";
import { wrapText } from "../drawing/wrap_text.ts";

/** The part of a group's width that its bar takes. */
const barWidth = 0.7;
/** A part of a bar less high than this, in pixels, has no room for its number. */
const leastHeight = 13;
const height = 230;
const marginLeft = 45;
const margins = { marginTop: 34, marginBottom: 54 };

/**
 * Draws which test items two systems find both and which only one of them: a column for each pair of systems, in it a
 * panel for each way to group users, in which a bar stacks the shares of a group's users.
 *
 * @param overlaps pair by pair, in each grouping by grouping; every pair has the same groups
 * @param metric what a hit is, for example `Recall@10`
 */
export function plotHitOverlap(overlaps: readonly HitOverlap[], metric: string): string {
  const pairs = [...Map.groupBy(overlaps, ({ first, second }) => JSON.stringify([first, second])).values()];
  const groupings = [...new Set(overlaps.map(({ by }) => by))];
  const width = twoColumns / Math.max(2, pairs.length);
  const heightOf = ({ both, firstOnly, secondOnly }: HitOverlap) =>
    100 * (both.value! + firstOnly.value! + secondOnly.value!);
  return besideEachOther([
    ...pairs.map(([any]) => names(any, width)),
    ...groupings.flatMap((grouping) => {
      const ofPairs = pairs.map((pair) => pair.filter(({ by }) => by === grouping));
      const highest = Math.max(...ofPairs.flat().map(heightOf));
      return ofPairs.map((groups) => panel(grouping, groups, { metric, width, highest }));
    }),
  ]);
}

/** Names the parts beside their colours, from the bottom of a bar to its top, one under the other. */
function names({ first, second }: HitOverlap, width: number): string {
  const parts = ["both", `${first} alone`, `${second} alone`].map((name, index) => ({ name, index }));
  return plotSvg({
    width,
    height: 17 * parts.length + 4,
    marginTop: 2,
    marginBottom: 2,
    marginLeft,
    marginRight: 0,
    x: { axis: null, domain: [0, 1] },
    y: { axis: null, domain: [0, parts.length] },
    marks: [
      Plot.rect(parts, {
        x1: 0,
        x2: 16 / (width - marginLeft),
        y1: ({ index }) => index + 0.15,
        y2: ({ index }) => index + 0.85,
        fill: ({ index }) => seriesColour(index),
      }),
      Plot.text(parts, {
        x: 22 / (width - marginLeft),
        y: ({ index }) => index + 0.5,
        text: ({ name }) => wrapText(name, { width: width - marginLeft - 22, fontSize: 12, mostLines: 1 })[0],
        textAnchor: "start",
      }),
    ],
  });
}

function panel(
  by: string,
  groups: readonly HitOverlap[],
  { metric, width, highest }: { metric: string; width: number; highest: number },
): string {
  const parts = groups.flatMap(({ both, firstOnly, secondOnly }, at) => {
    let from = 0;
    return [both, firstOnly, secondOnly].map(({ value }, index) => {
      const part = { at, index, from, to: from + 100 * value! };
      from = part.to;
      return part;
    });
  });
  const pixelsPerCent = (height - margins.marginTop - margins.marginBottom) / highest;
  return plotSvg({
    width,
    height,
    ...margins,
    marginLeft,
    marginRight: 10,
    x: {
      domain: [-0.5, groups.length - 0.5],
      ticks: [...groups.keys()],
      tickFormat: (at: number) => groups[at].group,
      tickSize: 0,
      label: by,
      labelAnchor: "center",
    },
    y: { label: `Test items found (${metric}, %)`, domain: [0, 1.08 * highest], grid: true, ticks: 5 },
    marks: [
      Plot.rect(parts, {
        x1: ({ at }) => at - barWidth / 2,
        x2: ({ at }) => at + barWidth / 2,
        y1: "from",
        y2: "to",
        fill: ({ index }) => seriesColour(index),
        stroke: "white",
      }),
      Plot.text(parts.filter(({ from, to }) => (to - from) * pixelsPerCent > leastHeight), {
        x: "at",
        y: ({ from, to }) => (from + to) / 2,
        text: ({ from, to }) => (to - from).toFixed(1),
        fill: ({ index }) => index === 1 ? "#222222" : "white",
      }),
      Plot.text(groups.map(({ users }, at) => ({ users, at, top: parts[3 * at + 2].to })), {
        x: "at",
        y: "top",
        dy: -7,
        text: ({ users }) => users.toLocaleString("en-GB"),
        fill: "#666666",
      }),
    ],
  });
}
