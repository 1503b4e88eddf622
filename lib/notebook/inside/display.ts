import { Buffer } from "node:buffer";
import { svgToPng } from "../../figures/output/export.ts";
import { type Table, toHtml, toMarkdown } from "../../figures/output/table.ts";
import { printable } from "../../printable.ts";
import { createLiveDisplay, insideNotebook, type LiveDisplay, type MediaBundle } from "./live_display.ts";

/** Shows a table in the notebook; elsewhere prints it as Markdown. */
export async function showTable(table: Table): Promise<void> {
  if (insideNotebook()) await createLiveDisplay().show(tableBundle(table));
  else console.log(printable(toMarkdown(table)));
}

/**
 * Shows a figure in the notebook, as SVG and as PNG; elsewhere does nothing.
 *
 * @param svg as the functions in `lib/figures` return it
 */
export async function showFigure(svg: string): Promise<void> {
  if (insideNotebook()) await createLiveDisplay().show(figureBundle(svg));
}

/** Shows Markdown in the notebook; elsewhere prints it. */
export async function showMarkdown(markdown: string): Promise<void> {
  if (insideNotebook()) {
    await createLiveDisplay().show({ "text/markdown": markdown, "text/plain": markdown });
  } else console.log(printable(markdown));
}

/**
 * Makes a figure that is drawn again in its place while the work it shows goes on.
 *
 * @returns a function that shows the figure's present state; elsewhere than in a notebook it does nothing
 * @example
 * ```ts
 * import { plotLearningCurves } from "../../figures/plots/learning_curves.ts";
 * import { createLiveFigure } from "./display.ts";
 *
 * const showCurves = createLiveFigure(plotLearningCurves);
 * await showCurves([{ model: "SASRec", epochs: [{ epoch: 0, loss: 7.9, ndcg: 0.01 }] }]);
 * ```
 */
export function createLiveFigure<State>(draw: (state: State) => string): (state: State) => Promise<void> {
  let display: LiveDisplay | undefined;
  return async (state) => {
    if (!insideNotebook()) return;
    display ??= createLiveDisplay();
    await display.show(figureBundle(draw(state)));
  };
}

/** The media types of a table: HTML for notebooks, Markdown as text. */
export function tableBundle(table: Table): MediaBundle {
  return { "text/html": toHtml(table), "text/plain": toMarkdown(table) };
}

/** The media types of a figure: SVG inside HTML, which every front end shows, and PNG for those without HTML. */
export function figureBundle(svg: string): MediaBundle {
  return { "text/html": printable(svg), "image/png": Buffer.from(svgToPng(svg)).toString("base64") };
}
