import { escapeHtml } from "../../figures/drawing/html.ts";
import { svgSize } from "../../figures/drawing/plot.ts";

/** Tells whether a table has so many columns that it is set smaller, to fit on the page. */
export function isWide(columns: number): boolean {
  return columns > 8;
}

/**
 * Puts a table into a box of its own, which scrolls where the screen is narrower; its caption stays above the box.
 *
 * @param table a `<table>` with or without a `<caption>`
 * @param caption HTML, in place of the table's own
 */
export function tableBox(table: string, caption?: string): string {
  const [, own] = table.match(/<caption>([^]*?)<\/caption>/) ?? [];
  const text = caption ?? own ?? "";
  const columns = table.match(/<th\b/g)?.length ?? 0;
  const name = text.replace(/<[^>]*>/g, "").replace(/"/g, "&quot;") || "Table";
  return `<figure class="table${isWide(columns) ? " wide" : ""}">` +
    (text === "" ? "" : `<figcaption>${text}</figcaption>`) +
    `<div class="scroll" role="region" tabindex="0" aria-label="${name}">` +
    `${table.replace(/<caption>[^]*?<\/caption>/, "")}</div></figure>`;
}

/** Puts every table of a piece of HTML into a box. */
export function boxTables(html: string): string {
  return html.replace(/<table\b[^]*?<\/table>/g, (table) => tableBox(table));
}

/**
 * Puts a figure into a box that scrolls where the screen is narrower than its letters need, with the caption below.
 *
 * @param image an `<img>` or an `<svg>`
 * @param name what the figure is, for those who cannot see it
 * @param svg the figure itself where the image only names its file
 * @param caption HTML
 */
export function figureBox(
  image: string,
  { name, svg = image, caption = "" }: { name: string; svg?: string; caption?: string },
): string {
  const { width } = svgSize(svg);
  const room = Number.isFinite(width) ? ` style="--width: ${width}px"` : "";
  // an image has its own text; a drawing in the page is told as one, and none of its parts
  const isDrawing = image.startsWith("<svg");
  const role = isDrawing ? `role="img"` : `role="group"`;
  const shown = isDrawing ? image.replace("<svg ", `<svg aria-hidden="true" `) : image;
  return `<figure class="figure"><div class="scroll" ${role} tabindex="0" aria-label="${
    escapeHtml(name)
  }"${room}>` +
    `${shown}</div>${caption === "" ? "" : `<figcaption>${caption}</figcaption>`}</figure>`;
}
