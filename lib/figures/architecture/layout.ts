import type { SequenceModel } from "../../nn/sequence_model.ts";
import type { ArchitectureBlock } from "./blocks.ts";
import { twoColumns } from "../drawing/plot.ts";

/** A box of the figure, in pixels from the top left. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
  title: string;
  /** Lines of text below the title. */
  lines: string[];
  /** Null for a value that is computed. */
  block: ArchitectureBlock | null;
}

/** A line with straight corners that ends in an arrow head. `[x, y]` in pixels */
export type ArrowPath = [number, number][];

/** Where everything stands. */
export interface Layout {
  boxes: Box[];
  arrows: ArrowPath[];
  height: number;
}

/** Room for a box's title, in pixels. */
export const titleHeight = 26;
/** From one line of a box to the next, in pixels. */
export const lineHeight = 16;
const padding = 6;
const arrowLength = 16;
const margin = 4;
const laneWidth = 322;
const rightLane = twoColumns - margin - laneWidth;
/** Letters that fit into a line of a box. */
const lineLetters = 50;

/** What a lane shows, from top to bottom. */
type Entry = Pick<Box, "title" | "lines" | "block">;

/**
 * Places a model's blocks: on the left how items get their representations, on the right how a history gets its own,
 * below them the score, and at the bottom the blocks of which it is not known where they belong.
 *
 * @param top where the layout begins
 */
export function layOutArchitecture(
  model: SequenceModel,
  blocks: readonly ArchitectureBlock[],
  top: number,
): Layout {
  const { items, hiddenSize, maxLength, featureSize } = model;
  const isItemSide = ({ prefix }: ArchitectureBlock) => /^(adaptor|items)\./.test(prefix);
  const isSequenceSide = ({ prefix }: ArchitectureBlock) =>
    /^(positions|input|encoder\.layers\.\d+)\./.test(prefix);
  // the adaptor first: IDs are added to what it returns
  const itemSide = blocks.filter(isItemSide).sort((one, other) => one.prefix < other.prefix ? -1 : 1);
  const left = placeLane(margin, top, [
    ...featureSize === null ? [] : [value("Text features of the items", `${items} × ${featureSize}`)],
    ...itemSide.map((block, index) => blockEntry(block, index > 0)),
    value("Item representations", `${items} × ${hiddenSize}`),
  ]);
  const right = placeLane(rightLane, top, [
    value("History of a user", `its items' representations, at most ${maxLength} × ${hiddenSize}`),
    ...blocks.filter(isSequenceSide).map((block) => blockEntry(block, block.prefix === "positions.")),
    value("Sequence representation", `${hiddenSize}`),
  ]);
  const below = Math.max(bottomOf(left), bottomOf(right)) + arrowLength;
  const score = placeBox(
    margin,
    below,
    twoColumns - 2 * margin,
    value("Score of each item", `${items} products of the sequence and the item representations`),
  );
  const others = blocks.filter((block) => !isItemSide(block) && !isSequenceSide(block));
  const further = placeFurther(others, bottomOf([score]) + arrowLength);
  const [table, history] = [left.at(-1)!, right[0]];
  const gutter = (margin + laneWidth + rightLane) / 2;
  const middle = (box: Box) => box.top + box.height / 2;
  return {
    boxes: [...left, ...right, score, ...further],
    arrows: [
      ...downwards(left),
      ...downwards(right),
      [[table.left + laneWidth, middle(table)], [gutter, middle(table)], [gutter, middle(history)], [
        history.left,
        middle(history),
      ]],
      ...[table, right.at(-1)!].map((box): ArrowPath => [
        [box.left + laneWidth / 2, bottomOf([box])],
        [box.left + laneWidth / 2, score.top],
      ]),
    ],
    height: bottomOf([score, ...further]) + margin,
  };
}

function value(title: string, line: string): Entry {
  return { title, lines: [line], block: null };
}

function blockEntry(block: ArchitectureBlock, isAdded: boolean): Entry {
  return { title: isAdded ? `+ ${block.title}` : block.title, lines: block.tensors.flatMap(wrap), block };
}

function placeLane(left: number, top: number, entries: Entry[]): Box[] {
  const boxes: Box[] = [];
  for (const entry of entries) {
    boxes.push(placeBox(left, boxes.length > 0 ? bottomOf(boxes) + arrowLength : top, laneWidth, entry));
  }
  return boxes;
}

/** Places blocks in two columns, each under the shorter one. */
function placeFurther(blocks: readonly ArchitectureBlock[], top: number): Box[] {
  const lanes = [{ left: margin, bottom: top }, { left: rightLane, bottom: top }];
  return blocks.map((block) => {
    const lane = lanes[0].bottom <= lanes[1].bottom ? lanes[0] : lanes[1];
    const box = placeBox(lane.left, lane.bottom, laneWidth, blockEntry(block, false));
    lane.bottom = bottomOf([box]) + arrowLength;
    return box;
  });
}

function placeBox(left: number, top: number, width: number, entry: Entry): Box {
  return { ...entry, left, top, width, height: titleHeight + lineHeight * entry.lines.length + padding };
}

function bottomOf(boxes: readonly Box[]): number {
  return Math.max(...boxes.map(({ top, height }) => top + height));
}

function downwards(lane: readonly Box[]): ArrowPath[] {
  return lane.slice(1).map((box, index) => {
    const x = box.left + box.width / 2;
    return [[x, bottomOf([lane[index]])], [x, box.top]];
  });
}

/** Cuts a line at spaces where it is too long for a box. */
function wrap(line: string): string[] {
  return line.match(new RegExp(`.{1,${lineLetters}}(?: |$)|\\S+`, "g"))!.map((part) => part.trim());
}
