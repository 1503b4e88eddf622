import { basename, dirname, join } from "node:path";
import { testFigures } from "../../lib/figures/test_figures.ts";
import { toHtml } from "../../lib/figures/output/table.ts";
import { renderHtml } from "../../lib/notebook/pages/render_html.ts";
import { codeCells, type Notebook, readNotebook } from "../../lib/notebook/running/notebook_file.ts";
import { listNotebooks } from "../../lib/notebook/running/notebooks.ts";
import { renderDocument } from "../../lib/notebook/site/render_document.ts";

const project = join(import.meta.dirname!, "../..");

/** A page to be looked at. */
export interface Page {
  name: string;
  path: string;
}

/**
 * Returns pages of every kind: the README, overviews that git keeps, and each notebook: as it ran on the sample where it did,
 * else its source with a table and a figure as outputs.
 *
 * @param folder where pages go that are written for this
 */
export async function pagesToLookAt(folder: string): Promise<Page[]> {
  const front = join(folder, "README.html");
  const readme = await Deno.readTextFile(join(project, "README.md"));
  // its pictures stand beside it in the project
  await Deno.writeTextFile(
    front,
    renderDocument(readme, (target) => new URL(target, `file://${project}/`).href),
  );
  const kept = ["figures/index.html", "figures/Scientific/index.html", "figures/OR/index.html"];
  const notebooks = await Promise.all((await listNotebooks()).map(async (path) => {
    const name = basename(path, ".ipynb");
    const executed = join(project, "figures/sample/notebooks", `${name}.ipynb`);
    const notebook = await readNotebook(executed).catch(() => withOutputs(path));
    const page = join(folder, `${name}.html`);
    await Deno.writeTextFile(page, await renderHtml(notebook, name));
    return { name, path: page };
  }));
  return [
    { name: "README", path: front },
    ...kept.map((path) => ({ name: dirname(path), path: join(project, path) })),
    ...notebooks,
  ];
}

/** Puts a wide table and a wide figure into a notebook that has not run. */
async function withOutputs(path: string): Promise<Notebook> {
  const notebook = await readNotebook(path);
  const columns = Array.from(
    { length: 13 },
    (_, at) => ({ name: `${at}`, heading: `Column ${at}`, digits: 4 }),
  );
  const table = toHtml({
    caption: "A wide table",
    columns,
    rows: [columns.map((_, at) => at / 7), [
      "A text that is so long that it has to be broken",
      ...columns.slice(1).map(() => null),
    ]],
  });
  codeCells(notebook).at(-1)!.outputs = [table, testFigures.learning_curves].map((html) => ({
    output_type: "display_data",
    data: { "text/html": html },
    metadata: {},
  }));
  return notebook;
}
