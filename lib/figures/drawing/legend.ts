import type * as Plot from "@observablehq/plot";
import { ink } from "./palette.ts";
import { seriesColour, seriesLine } from "./plot.ts";

/** Pixels from one name to the next. */
export const lineHeight = 17;
const swatchWidth = 26;
const gap = 6;
/** Pixels of a letter, on average. */
const letterWidth = 6;

/**
 * A mark that names the series, one under the other, each beside a piece of its line or beside its dot, on pale ground: lines below it can still be
 * seen.
 *
 * @param names in the order of the series' colours
 * @param corner where the other marks leave room; `below left` is in the bottom margin
 */
export function legend(
  names: string[],
  corner: "top left" | "top right" | "bottom left" | "bottom right" | "below left",
  sign: "line" | "dot" = "line",
): Plot.RenderFunction {
  return (_index, _scales, _values, frame, context) => {
    const create = (tag: string, attributes: Record<string, string | number>) => {
      const element = context.document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
      return element;
    };
    const left = corner.endsWith("left");
    const swatch = left ? frame.marginLeft + gap : frame.width - frame.marginRight - swatchWidth;
    const bottom = frame.height - frame.marginBottom;
    const top = corner.startsWith("top")
      ? frame.marginTop + lineHeight / 2
      : corner.startsWith("below")
      ? bottom + lineHeight
      : bottom - lineHeight * names.length;
    const group = create("g", { "aria-label": "legend", "text-anchor": left ? "start" : "end", fill: ink });
    const textWidth = letterWidth * Math.max(...names.map((name) => name.length));
    group.append(create("rect", {
      x: left ? swatch - gap : swatch - gap - textWidth,
      y: top - lineHeight / 2,
      width: swatchWidth + 2 * gap + textWidth,
      height: lineHeight * names.length,
      fill: "white",
      "fill-opacity": 0.75,
    }));
    const lineSign = (index: number, y: number) => {
      const { stroke, strokeWidth, strokeDasharray } = seriesLine(index);
      const dash = { "stroke-width": strokeWidth, "stroke-dasharray": strokeDasharray };
      return create("line", { x1: swatch, x2: swatch + swatchWidth, y1: y, y2: y, stroke, ...dash });
    };
    const dotSign = (index: number, y: number) =>
      create("circle", { cx: swatch + swatchWidth / 2, cy: y, r: 3.5, fill: seriesColour(index) });
    names.forEach((name, index) => {
      const y = top + index * lineHeight;
      group.append(sign === "line" ? lineSign(index, y) : dotSign(index, y));
      const text = create("text", { x: left ? swatch + swatchWidth + gap : swatch - gap, y: y + 4 });
      text.textContent = name;
      group.append(text);
    });
    return group;
  };
}
