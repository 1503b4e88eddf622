import * as Plot from "@observablehq/plot";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { architectureBlocks } from "./blocks.ts";
import { type Box, layOutArchitecture, lineHeight, titleHeight } from "./layout.ts";
import { ink, palette } from "../drawing/palette.ts";
import { plotSvg, twoColumns } from "../drawing/plot.ts";

const [trainedColour] = palette;
const frozenColour = "#666666";
const textInset = 10;
const headHeight = 30;

/**
 * Draws a model's architecture (the paper's Figure 1) from its parameters: every block with the shapes of its tensors
 * and how many numbers they hold.
 *
 * @param frozen prefixes of the names of parameters that stay as they are in fine-tuning, such as `frozenEncoder`
 */
export function plotArchitecture(model: SequenceModel, frozen: readonly string[] = []): string {
  const blocks = architectureBlocks(model, frozen);
  const { boxes, arrows, height } = layOutArchitecture(model, blocks, headHeight);
  const isFrozen = ({ block }: Box) => block !== null && block.frozen !== "none";
  const isTrained = ({ block }: Box) => block?.frozen === "none";
  const edges = {
    x1: "left",
    y1: "top",
    x2: ({ left, width }: Box) => left + width,
    y2: bottomOf,
    rx: 5,
  } as const;
  const lines = boxes.flatMap((box) =>
    box.lines.map((text, index) => ({
      x: box.left + textInset,
      y: box.top + titleHeight + (index + 0.5) * lineHeight,
      text,
    }))
  );
  return plotSvg({
    width: twoColumns,
    height,
    margin: 0,
    marginTop: 0,
    marginBottom: 0,
    x: { type: "identity", axis: null },
    y: { type: "identity", axis: null },
    marks: [
      Plot.text([summary(model.name, blocks)], {
        x: boxes[0].left,
        y: headHeight / 2,
        textAnchor: "start",
        fill: ink,
      }),
      Plot.rect(boxes.filter(({ block }) => block === null), { ...edges, fill: "white", stroke: "#bbbbbb" }),
      Plot.rect(boxes.filter(isTrained), {
        ...edges,
        fill: "#e3f0f9",
        stroke: trainedColour,
        strokeWidth: 1.4,
      }),
      Plot.rect(boxes.filter(isFrozen), {
        ...edges,
        fill: "#eeeeee",
        stroke: frozenColour,
        strokeDasharray: "5 3",
        strokeWidth: 1.4,
      }),
      Plot.text(boxes, {
        x: ({ left }) => left + textInset,
        y: titleLine,
        text: "title",
        textAnchor: "start",
        fontSize: 13,
      }),
      Plot.text(boxes.filter(({ block }) => block), {
        x: ({ left, width }) => left + width - textInset,
        y: titleLine,
        text: describeCount,
        textAnchor: "end",
      }),
      Plot.text(lines, { x: "x", y: "y", text: "text", textAnchor: "start", fill: "#444444" }),
      ...arrows.flatMap((path) => {
        const [[x1, y1], [x2, y2]] = path.slice(-2);
        return [
          Plot.line(path.slice(0, -1), { stroke: ink }),
          Plot.arrow([0], { x1, y1, x2, y2, stroke: ink, headLength: 7, inset: 0 }),
        ];
      }),
    ],
  });
}

function titleLine({ top }: Box): number {
  return top + titleHeight / 2 + 1;
}

function bottomOf({ top, height }: Box): number {
  return top + height;
}

function describeCount({ block }: Box): string {
  const signs = { all: "frozen · ", some: "partly frozen · ", none: "" };
  return signs[block!.frozen] + formatCount(block!.parameters);
}

function summary(name: string, blocks: ReturnType<typeof architectureBlocks>): string {
  const total = sumOf(blocks.map(({ parameters }) => parameters));
  const frozen = blocks.filter(({ frozen }) => frozen === "all").map(({ parameters }) => parameters);
  const trained = frozen.length > 0
    ? `, of which ${
      formatCount(total - sumOf(frozen))
    } train in fine-tuning; dashed blocks stay as pre-trained`
    : "";
  return `${name}: ${formatCount(total)} parameters${trained}`;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function formatCount(count: number): string {
  return count.toLocaleString("en-GB");
}
