import * as Plot from "@observablehq/plot";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { ink, palette } from "../drawing/palette.ts";
import { plotSvg, twoColumns } from "../drawing/plot.ts";
import { wrapText } from "../drawing/wrap_text.ts";

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
  title: string;
  lines: string[];
  look: "data" | "frozen" | "trained" | "task";
}

const [blue, orange] = palette;
/** What a colour says, a dash or a broader frame says in grey. */
const looks: Record<
  Box["look"],
  { fill: string; stroke: string; strokeDasharray: string; strokeWidth: number }
> = {
  data: { fill: "white", stroke: "#888888", strokeDasharray: "none", strokeWidth: 1 },
  frozen: { fill: "#eeeeee", stroke: "#666666", strokeDasharray: "5 3", strokeWidth: 1.4 },
  trained: { fill: "#e3f0f9", stroke: blue, strokeDasharray: "none", strokeWidth: 1.4 },
  task: { fill: "#fdf3e0", stroke: orange, strokeDasharray: "none", strokeWidth: 2 },
};

const margin = 4;
const padding = 8;
const fontSize = 12;
const lineHeight = 15;
const titleHeight = 24;
/** Domains that are drawn; of more, how many there are. */
const mostDomains = 4;
const half = (twoColumns - 2 * margin - 16) / 2;

/**
 * Draws the framework of UniSRec, the paper's Figure 1, with the sizes of a model and the names of its domains: above, how
 * sequences of all sources become vectors and which two tasks train that; below, the two settings in which the target is
 * trained.
 *
 * Grey dashed parts are not trained here, blue ones are; orange boxes are what they are trained for.
 *
 * @param sources names of the domains to pre-train on
 * @param target the name of that to fine-tune on
 */
export function plotFramework(model: SequenceModel, sources: readonly string[], target: string): string {
  const { items, featureSize, hiddenSize, maxLength } = model;
  const { experts, layers, heads } = model.config;
  const shown = sources.length > mostDomains
    ? [...sources.slice(0, mostDomains - 1), `${sources.length - mostDomains + 1} more`]
    : sources.length > 0
    ? sources
    : ["no domain here"]; // from scratch, or a model that was trained elsewhere
  const top = 28;
  const domains = shown.map((name, at) =>
    box({ left: margin, top: top + 44 * at, width: 128 }, name, "data")
  );
  const middle = top + (44 * domains.length - 10) / 2;
  const centred = (left: number, width: number, title: string, look: Box["look"], text: string) => {
    const { height } = box({ left, top: 0, width }, title, look, text);
    return box({ left, top: Math.max(top, middle - height / 2), width }, title, look, text);
  };
  const encoder = centred(156, 158, "Text encoder", "frozen", `a text becomes ${featureSize} features, once`);
  const adaptor = centred(
    338,
    178,
    `Adaptor, ${experts} experts`,
    "trained",
    `each whitens ${featureSize} → ${hiddenSize}; a gate mixes them`,
  );
  const sequence = centred(
    540,
    twoColumns - margin - 540,
    "Sequence encoder",
    "trained",
    `${layers} layers, ${heads} heads, up to ${maxLength} items → ${hiddenSize}`,
  );
  const below = Math.max(...[...domains, encoder, adaptor, sequence].map(bottomOf)) + 34;
  const tasks = [
    box(
      { left: margin, top: below, width: half },
      "Sequence–item contrast",
      "task",
      "A sequence is closer to its next item than to the next items of other sequences, of all domains in a batch.",
    ),
    box(
      { left: margin + half + 16, top: below, width: half },
      "Sequence–sequence contrast",
      "task",
      "A sequence is closer to itself with items or words dropped than to the others.",
    ),
  ];
  const second = Math.max(...tasks.map(bottomOf)) + 52;
  const settings = [
    box(
      { left: margin, top: second, width: half },
      "Inductive: UniSRec t",
      "task",
      `Items are what their texts say, so that new ones can be ranked. Trained: the adaptor.`,
    ),
    box(
      { left: margin + half + 16, top: second, width: half },
      "Transductive: UniSRec t+ID",
      "task",
      `A vector for each of ${items.toLocaleString("en-GB")} items is added. Trained: the adaptor and these.`,
    ),
  ];
  const boxes = [...domains, encoder, adaptor, sequence, ...tasks, ...settings];
  const lane = below - 17;
  const aside = ({ left }: Box) => left + half - 2 * padding;
  const turn = { x: sequence.left + sequence.width / 2, y: lane };
  const arrows: [number, number][][] = [
    ...domains.map((domain): [number, number][] => [rightOf(domain), leftOf(encoder)]),
    [rightOf(encoder), leftOf(adaptor)],
    [rightOf(adaptor), leftOf(sequence)],
    ...tasks.map((task): [number, number][] => [
      [turn.x, bottomOf(sequence)],
      [turn.x, lane],
      [task.left + half / 2, lane],
      [task.left + half / 2, task.top],
    ]),
    // both tasks train what both settings begin with: beside the label
    ...tasks.map((task, at): [number, number][] => [
      [aside(task), bottomOf(task)],
      [aside(task), settings[at].top],
    ]),
    [[aside(tasks[0]), second - 26], [aside(tasks[1]), second - 26], [aside(tasks[1]), settings[1].top]],
  ];
  return plotSvg({
    width: twoColumns,
    height: Math.max(...boxes.map(bottomOf)) + margin,
    margin: 0,
    marginTop: 0,
    marginBottom: 0,
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    marks: [
      ...arrows.flatMap((path) => {
        const [[x1, y1], [x2, y2]] = path.slice(-2);
        return [
          Plot.line(path.slice(0, -1), { stroke: ink }),
          Plot.arrow([0], { x1, y1, x2, y2, stroke: ink, headLength: 7, inset: 0 }),
        ];
      }),
      ...Object.entries(looks).map(([look, options]) =>
        Plot.rect(boxes.filter((box) => box.look === look), {
          x1: "left",
          y1: "top",
          x2: ({ left, width }) => left + width,
          y2: bottomOf,
          rx: 5,
          ...options,
        })
      ),
      label(margin, 12, "Pre-training on"),
      label(
        margin,
        second - 12,
        cut(`Fine-tuning on ${target}; encoder frozen`, half - 6 * padding),
      ),
      Plot.text(boxes, {
        x: ({ left }) => left + padding,
        y: ({ top }) => top + titleHeight / 2 + 2,
        text: "title",
        textAnchor: "start",
        fontSize: 13,
      }),
      Plot.text(boxes.flatMap((box) => box.lines.map((text, at) => ({ box, text, at }))), {
        x: ({ box }) => box.left + padding,
        y: ({ box, at }) => box.top + titleHeight + (at + 0.5) * lineHeight,
        text: "text",
        textAnchor: "start",
        fill: "#444444",
      }),
    ],
  });
}

/** Makes a box as high as its text needs. */
function box(
  place: { left: number; top: number; width: number },
  title: string,
  look: Box["look"],
  text = "",
): Box {
  const room = place.width - 2 * padding;
  const lines = text === "" ? [] : wrapText(text, { width: room, fontSize, mostLines: 4 });
  const height = titleHeight + lineHeight * lines.length + (lines.length > 0 ? padding : 4);
  return { ...place, height, title: cut(title, room), lines, look };
}

/** Cuts a title to a width. */
function cut(title: string, width: number): string {
  return wrapText(title, { width, fontSize: 13, mostLines: 1 })[0];
}

function label(x: number, y: number, text: string): Plot.Markish {
  return Plot.text([text], { x, y, textAnchor: "start", fontSize: 13, fill: ink });
}

function bottomOf({ top, height }: Box): number {
  return top + height;
}

function leftOf({ left, top, height }: Box): [number, number] {
  return [left, top + height / 2];
}

function rightOf(box: Box): [number, number] {
  return [box.left + box.width, leftOf(box)[1]];
}
