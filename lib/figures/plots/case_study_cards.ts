import * as Plot from "@observablehq/plot";
import { ink, palette } from "../drawing/palette.ts";
import { plotSvg, twoColumns } from "../drawing/plot.ts";
import { wrapText } from "../drawing/wrap_text.ts";

/** An item, written on a card. */
export interface Card {
  /** Stands above the text, for example the item's place in the sequence. */
  label: string;
  text: string;
  kind: "plain" | "start" | "end";
}

/** Cards next to each other, at most four. */
export interface CardRow {
  title: string;
  cards: Card[];
  /** Draws arrows from each card to the next. */
  isSequence: boolean;
  /** Stands below the cards. */
  note?: string;
}

/** The most cards of a row. */
export const cardsPerRow = 4;
const gap = 24;
const padding = 10;
/** Room for half of a frame's breadth at the figure's edges. */
const frame = 2;
const cardWidth = (twoColumns - 2 * frame - gap * (cardsPerRow - 1)) / cardsPerRow;
const titleSize = 14;
const fontSize = 12;
/** From one line to the next, in ems. */
const lineHeight = 1.25;
const mostLines = 6;
/** For a card's text. */
const room = { width: cardWidth - 2 * padding, fontSize };

const [blue, , , , vermilion] = palette;
interface Look {
  stroke: string;
  fill: string;
  strokeWidth: number;
}

/** What a colour says, a broader frame and the label say in grey. */
const looks: Record<Card["kind"], Look> = {
  plain: { stroke: "#999999", fill: "white", strokeWidth: 1 },
  start: { stroke: blue, fill: "#e8f2f9", strokeWidth: 2.5 },
  end: { stroke: vermilion, fill: "#fdf0e6", strokeWidth: 2.5 },
};

/** Draws rows of cards, one below the other, as wide as two columns of a paper; texts that are too long are cut. */
export function plotCards(rows: readonly CardRow[]): string {
  const texts: { x: number; y: number; text: string; fontSize: number }[] = [];
  const boxes: { x: number; y: number; height: number; title: string; look: Look }[] = [];
  const arrows: { x: number; y: number }[] = [];
  let y = 4;
  const writeAcross = (text: string, fontSize: number) => {
    const lines = wrapText(text, { width: twoColumns, fontSize, mostLines: 3 });
    texts.push({ x: frame, y, text: lines.join("\n"), fontSize });
    y += lines.length * fontSize * lineHeight + 6;
  };
  for (const { title, cards, isSequence, note } of rows) {
    writeAcross(title, titleSize);
    const wrapped = cards.map(({ label, text }) => [
      ...wrapText(label, { ...room, mostLines: 1 }),
      ...wrapText(text, { ...room, mostLines }),
    ]);
    const height = fontSize * lineHeight * Math.max(...wrapped.map(({ length }) => length)) + 2 * padding;
    cards.forEach((card, at) => {
      const x = frame + at * (cardWidth + gap);
      boxes.push({ x, y, height, title: card.text, look: looks[card.kind] });
      texts.push({ x: x + padding, y: y + padding, text: wrapped[at].join("\n"), fontSize });
      if (isSequence && at > 0) arrows.push({ x: x - gap, y: y + height / 2 });
    });
    y += height + 8;
    if (note !== undefined) writeAcross(note, fontSize);
    y += 12;
  }
  return plotSvg({
    width: twoColumns,
    height: y,
    marginTop: 0,
    marginRight: 0,
    marginBottom: 0,
    marginLeft: 0,
    x: { domain: [0, twoColumns], axis: null },
    y: { domain: [0, y], range: [0, y], axis: null },
    marks: [
      Plot.rect(boxes, {
        x1: "x",
        x2: ({ x }) => x + cardWidth,
        y1: "y",
        y2: ({ y, height }) => y + height,
        rx: 6,
        fill: ({ look }) => look.fill,
        stroke: ({ look }) => look.stroke,
        strokeWidth: ({ look }) => look.strokeWidth,
        title: "title",
      }),
      Plot.arrow(arrows, {
        x1: ({ x }) => x + 4,
        x2: ({ x }) => x + gap - 4,
        y1: "y",
        y2: "y",
        headLength: 8,
        strokeWidth: 1.5,
      }),
      Plot.text(texts, {
        x: "x",
        y: "y",
        text: "text",
        fontSize: ({ fontSize }) => fontSize,
        textAnchor: "start",
        lineAnchor: "top",
        lineHeight,
        fill: ink,
      }),
    ],
  });
}
