import * as Plot from "@observablehq/plot";
import type { Domain } from "../../data/domain.ts";
import { userCount } from "../../data/domain.ts";
import { ink, palette } from "../drawing/palette.ts";
import { plotSvg, twoColumns } from "../drawing/plot.ts";

/** A domain as the framework shows it. */
export type FrameworkDomain = Pick<Domain, "name" | "itemIds" | "sequences">;

/** Sizes that the framework shows. */
export interface FrameworkSizes {
  /** Width of the text features. */
  featureSize: number;
  hiddenSize: number;
  experts: number;
  layers: number;
}

interface Box {
  column: number;
  /** In pixels from the top. */
  top: number;
  height: number;
  title: string;
  lines: string[];
  /** Trained in its stage, kept as it is, or no part of the model. */
  state: "trained" | "frozen" | "data";
}

const columnLefts = [4, 152, 290, 432, 570];
const columnWidths = [134, 124, 128, 124, 146];
const fills = { trained: "#e3f0f9", frozen: "#eeeeee", data: "white" };
const strokes = { trained: palette[0], frozen: "#666666", data: "#bbbbbb" };
const stageHeight = 178;
const headHeight = 26;
const gap = 8;

/**
 * Draws the framework (the paper's Figure 1): domains, text encoder, adaptor and behaviour encoder, the two contrastive
 * tasks of pre-training and the two settings of fine-tuning, with the sizes that they have here.
 *
 * @param sources what is pre-trained on; more than three are shown as the first two and the rest
 */
export function plotFramework(
  sources: readonly FrameworkDomain[],
  target: FrameworkDomain,
  sizes: FrameworkSizes,
): string {
  const [above, below] = [headHeight, 2 * headHeight + stageHeight];
  const boxes = [
    ...stack(0, above, shownSources(sources), "data"),
    ...model(above, sizes, "trained"),
    ...stack(4, above, [
      ["Sequence–item (8)", "s near the next item v,", "far from other items", "of all domains"],
      ["Sequence–sequence (9)", "s near itself with items", "or words dropped, far", "from other sequences"],
    ], "data"),
    ...stack(0, below, [domainLines(target)], "data"),
    ...model(below, sizes, "frozen"),
    ...stack(4, below, [
      ["Inductive, t (11)", "s · v: text alone,", "new items as well"],
      ["Transductive, t+ID (12)", "s · (v + e): with an", "embedding e of each ID"],
    ], "data"),
  ];
  const edges = {
    x1: ({ column }: Box) => columnLefts[column],
    x2: ({ column }: Box) => columnLefts[column] + columnWidths[column],
    y1: "top",
    y2: ({ top, height }: Box) => top + height,
    fill: ({ state }: Box) => fills[state],
    stroke: ({ state }: Box) => strokes[state],
    rx: 5,
  } as const;
  const lines = boxes.flatMap(({ column, top, height, title, lines }) =>
    [title, ...lines].map((text, at, all) => ({
      x: columnLefts[column] + columnWidths[column] / 2,
      y: top + height / 2 + (at - (all.length - 1) / 2) * 16,
      text,
      isTitle: at === 0,
    }))
  );
  const arrows = [above, below].flatMap((top) =>
    columnLefts.slice(1).map((left, at) => ({
      x1: columnLefts[at] + columnWidths[at],
      x2: left,
      y: top + stageHeight / 2,
    }))
  );
  return plotSvg({
    width: twoColumns,
    height: 2 * (headHeight + stageHeight) + 4,
    margin: 0,
    marginTop: 0,
    marginBottom: 0,
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    color: { type: "identity" },
    marks: [
      Plot.text([
        "Pre-training on all sources",
        "Fine-tuning on the target: dashed parts stay as pre-trained",
      ], {
        x: columnLefts[0],
        y: (_, at) => [above, below][at] - headHeight / 2,
        text: (text) => text,
        textAnchor: "start",
        fontWeight: "bold",
        fill: ink,
      }),
      Plot.rect(boxes.filter(({ state }) => state !== "frozen"), edges),
      Plot.rect(boxes.filter(({ state }) => state === "frozen"), { ...edges, strokeDasharray: "5 3" }),
      Plot.text(lines.filter(({ isTitle }) => isTitle), {
        x: "x",
        y: "y",
        text: "text",
        fill: ink,
        fontSize: 12.5,
      }),
      Plot.text(lines.filter(({ isTitle }) => !isTitle), { x: "x", y: "y", text: "text", fill: "#444444" }),
      Plot.arrow(arrows, { x1: "x1", x2: "x2", y1: "y", y2: "y", stroke: ink, headLength: 7, inset: 1 }),
    ],
  });
}

/** Text encoder, adaptor and behaviour encoder of one stage. */
function model(top: number, sizes: FrameworkSizes, encoder: "trained" | "frozen"): Box[] {
  const { featureSize, hiddenSize, experts, layers } = sizes;
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;
  return [
    ...stack(
      1,
      top,
      [["Text encoder (1)", "item text → x", `${featureSize} numbers`, "never trained"]],
      "frozen",
    ),
    ...stack(2, top, [[
      "Adaptor (2–5)",
      "x → v",
      `${count(experts, "expert")}, each`,
      "parametric whitening,",
      "mixed by a gate",
      `${featureSize} → ${hiddenSize}`,
    ]], "trained"),
    ...stack(3, top, [[
      "Encoder (6, 7)",
      "v of a history → s",
      count(layers, "layer"),
      "of self-attention",
      `${hiddenSize} numbers`,
    ]], encoder),
  ];
}

/** Puts boxes of equal height below each other, each with its title and lines. */
function stack(column: number, top: number, texts: string[][], state: Box["state"]): Box[] {
  const height = (stageHeight - gap * (texts.length - 1)) / texts.length;
  return texts.map(([title, ...lines], at) => ({
    column,
    top: top + at * (height + gap),
    height,
    title,
    lines,
    state,
  }));
}

function shownSources(sources: readonly FrameworkDomain[]): string[][] {
  if (sources.length <= 3) return sources.map(domainLines);
  const rest = sources.length - 2;
  return [...sources.slice(0, 2).map(domainLines), [`${rest} more sources`]];
}

function domainLines({ name, itemIds, sequences }: FrameworkDomain): string[] {
  const count = (number: number) => number.toLocaleString("en-GB");
  const short = name.length > 18 ? `${name.slice(0, 17)}…` : name;
  return [short, `${count(itemIds.length)} items`, `${count(userCount(sequences))} sequences`];
}
