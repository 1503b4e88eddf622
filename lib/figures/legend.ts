import type * as Plot from "@observablehq/plot";
import { ink } from "./palette.ts";
import { seriesColour } from "./plot.ts";

const lineHeight = 17;
const swatchWidth = 18;
const gap = 6;

/**
 * A mark that names the series, one under the other, each beside a line in its colour.
 *
 * @param names in the order of the series' colours
 * @param corner where the other marks leave room; `below left` is in the bottom margin
 */
export function legend(
  names: string[],
  corner: "top left" | "top right" | "bottom left" | "bottom right" | "below left",
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
    names.forEach((name, index) => {
      const y = top + index * lineHeight;
      const line = { x1: swatch, x2: swatch + swatchWidth, y1: y, y2: y };
      group.append(create("line", { ...line, stroke: seriesColour(index), "stroke-width": 2.5 }));
      const text = create("text", { x: left ? swatch + swatchWidth + gap : swatch - gap, y: y + 4 });
      text.textContent = name;
      group.append(text);
    });
    return group;
  };
}
