import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";
import { dashes, ink, palette } from "./palette.ts";

/** The font of every figure; `export.ts` embeds it in PNG and PDF. */
export const fontFamily = "Source Sans 3";

/** What a figure's pixel measures in print, in points of 1/72 inch: text of 12 pixels is then set in 8.4 points. */
export const pointsPerPixel = 0.7;

/** Width of a figure that fills one column of a paper (3.33 inches), in pixels. */
export const oneColumn = 342;

/** Width of a figure that fills both columns (7 inches), in pixels; no figure should be wider. */
export const twoColumns = 720;

/**
 * Draws an Observable Plot figure without a browser, as a self-contained SVG, one column wide if `options` do not say
 * otherwise.
 *
 * Plot's own legends are HTML and not part of the SVG: use `legend` as a mark.
 */
export function plotSvg(options: Plot.PlotOptions): string {
  const document = new DOMParser().parseFromString("<html></html>", "text/html");
  const svg = Plot.plot({
    width: oneColumn,
    marginTop: 30,
    marginBottom: 40,
    ...options,
    document: document as unknown as Plot.PlotOptions["document"],
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("font-family", `'${fontFamily}', Helvetica, Arial, sans-serif`);
  svg.setAttribute("font-size", "12");
  svg.setAttribute("style", "max-width: 100%; height: auto; background: white");
  svg.removeAttribute("class");
  // Plot's style sheet says the same for browsers only, and other readers of SVG stumble over it
  svg.querySelector("style")?.remove();
  return svg.outerHTML.replaceAll("currentColor", ink);
}

/** Puts figures next to each other in one SVG, in as many rows as it takes to stay within two columns of a paper. */
export function besideEachOther(svgs: string[]): string {
  let [width, height, left, top] = [0, 0, 0, 0];
  const panels = svgs.map((svg) => {
    const size = svgSize(svg);
    if (left > 0 && left + size.width > twoColumns) [left, top] = [0, height];
    const panel = svg.replace(/ style="[^"]*"/, "").replace("<svg ", `<svg x="${left}" y="${top}" `);
    left += size.width;
    width = Math.max(width, left);
    height = Math.max(height, top + size.height);
    return panel;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `style="max-width: 100%; height: auto; background: white">${panels.join("")}</svg>`;
}

/** Reads the size that an SVG gives itself, in CSS pixels. */
export function svgSize(svg: string): { width: number; height: number } {
  const read = (name: string) => Number(svg.match(new RegExp(`^<svg [^>]*?\\b${name}="([0-9.]+)"`))?.[1]);
  return { width: read("width"), height: read("height") };
}

/** Returns the colour of the series `index`; the colours start again after the last. */
export function seriesColour(index: number): string {
  return palette[index % palette.length];
}

/** Returns how the line of the series `index` is drawn, as options of a Plot mark: its colour, and a dash for grey. */
export function seriesLine(index: number) {
  // where the colours start again, the dashes are others: no two lines are the same
  const turn = Math.floor(index / palette.length);
  return {
    stroke: seriesColour(index),
    strokeWidth: 1.8,
    strokeDasharray: dashes[(index + turn) % dashes.length],
  };
}

/** Returns how a point of the series `index` is drawn, as options of a Plot mark: shapes say what colours say. */
export function seriesDot(index: number) {
  return {
    symbol: symbols[index % symbols.length],
    stroke: seriesColour(index),
    fill: seriesColour(index),
  };
}

const symbols: Plot.SymbolType[] = ["circle", "square", "triangle", "diamond", "star", "wye", "cross"];
