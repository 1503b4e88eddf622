import * as Plot from "@observablehq/plot";
import { ink } from "../drawing/palette.ts";
import {
  besideEachOther,
  plotSvg,
  seriesColour,
  seriesDot,
  seriesLine,
  twoColumns,
} from "../drawing/plot.ts";
import { namesPanel, type Series } from "./series_names.ts";

/** A number and its interval; null where there is none. */
interface Estimate {
  value: number | null;
  interval: { low: number; high: number } | null;
}

/** One model on one group of users. */
export interface LongTailPoint {
  group: string;
  /** Test interactions in the group, one for each user. */
  users: number;
  model: string;
  mean: Estimate;
  /** Relative to the baseline; 0 is as good, 1 twice as good. */
  improvement: Estimate;
}

/** As wide as a page, so that the panels stand one below the other. */
const frame = { width: twoColumns, marginLeft: 60, marginRight: 20 };
/** The part of a group's width that bars, or all points, take. */
const groupWidth = 0.6;
/** The most that two points of one group stand apart, as a part of the group's width. */
const widestGap = 0.14;

/**
 * Draws the paper's Figure 4: above, each model's improvement over the baseline in every group with its interval; below,
 * the group's test interactions.
 *
 * A point without an interval is hollow; where the improvement is not defined there is none.
 *
 * @param points group by group, with the baseline
 * @param metric for example `Recall@10`
 */
export function plotLongTail(points: readonly LongTailPoint[], metric: string, baseline: string): string {
  const groups = [...new Map(points.map(({ group, users }) => [group, users]))]
    .map(([name, users], at) => ({ name, users, at }));
  const series = [...new Set(points.map(({ model }) => model))]
    .map((name, index) => ({ name, index }))
    .filter(({ name }) => name !== baseline);
  const groupAxis = {
    domain: [-0.5, groups.length - 0.5],
    ticks: [...groups.keys()],
    tickFormat: (at: number) => groups[at].name,
    tickSize: 0,
    labelAnchor: "center" as const,
  };
  const label = `Improvement of ${metric} over ${baseline} (%)`;
  return besideEachOther([
    namesPanel(series, frame),
    plotSvg({
      ...frame,
      height: 290,
      marginTop: 40,
      marginBottom: 22,
      x: { ...groupAxis, label: null },
      y: { label, grid: true, nice: true },
      marks: [
        Plot.ruleY([0], { stroke: ink }),
        Plot.text(groups.filter(({ name }) => !hasImprovement(points, name)), {
          x: "at",
          y: 0,
          dy: -22,
          text: () => `${baseline}\nfinds none`,
          fill: "#666666",
        }),
        ...improvementMarks(points, groups.map(({ name }) => name), series),
      ],
    }),
    plotSvg({
      ...frame,
      height: 160,
      marginTop: 35,
      x: { ...groupAxis, label: "Occurrences of the test item in training" },
      y: { label: "Test interactions", grid: true, ticks: 4, nice: true },
      marks: [
        Plot.rectY(groups, {
          x1: ({ at }) => at - groupWidth / 2,
          x2: ({ at }) => at + groupWidth / 2,
          y: "users",
          fill: "#c9c9c9",
        }),
        Plot.text(groups, {
          x: "at",
          y: "users",
          text: ({ users }) => users.toLocaleString("en-GB"),
          dy: -7,
        }),
      ],
    }),
  ]);
}

/** Draws the models of a group side by side, so that no interval hides another. */
function improvementMarks(
  points: readonly LongTailPoint[],
  groups: readonly string[],
  series: readonly Series[],
): Plot.Markish[] {
  const gap = Math.min(widestGap, groupWidth / series.length);
  return series.flatMap(({ name, index }, place) => {
    const own = points.filter(({ model }) => model === name).map(({ group, improvement }) => ({
      x: groups.indexOf(group) + (place - (series.length - 1) / 2) * gap,
      y: improvement.value === null ? null : 100 * improvement.value,
      interval: improvement.interval && {
        low: 100 * improvement.interval.low,
        high: 100 * improvement.interval.high,
      },
    }));
    return [
      Plot.line(own, { x: "x", y: "y", ...seriesLine(index) }),
      Plot.ruleX(own.filter(({ interval }) => interval), {
        x: "x",
        y1: ({ interval }) => interval!.low,
        y2: ({ interval }) => interval!.high,
        stroke: seriesColour(index),
        strokeWidth: 1.2,
      }),
      Plot.dot(own, {
        ...seriesDot(index),
        x: "x",
        y: "y",
        r: 4,
        fill: ({ interval }) => interval ? seriesColour(index) : "white",
      }),
    ];
  });
}

function hasImprovement(points: readonly LongTailPoint[], name: string): boolean {
  return points.some(({ group, improvement }) => group === name && improvement.value !== null);
}
