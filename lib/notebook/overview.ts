import { join } from "node:path";
import { profileFolder } from "../figures/save.ts";
import { writeFileAtomically } from "../write_file.ts";
import { htmlPage } from "./html_page.ts";
import { renderMarkdown } from "./render_html.ts";

/**
 * Writes `figures/<profile>/index.html`: everything that the notebooks made for a profile, on one page.
 *
 * @returns the page's path
 */
export async function writeOverview(profile: string, root?: string): Promise<string> {
  const folder = profileFolder(profile, root);
  const files = await filesIn(folder);
  const notebooks = (await filesIn(join(folder, "notebooks"))).filter((name) => name.endsWith(".html"));
  const tables = await Promise.all(
    namesWith(files, ".md").map(async (name) =>
      tableSection(name, await Deno.readTextFile(join(folder, `${name}.md`)))
    ),
  );
  const body = [
    `<h1>UniSRec on ${profile}</h1>`,
    "<h2>Notebooks</h2>",
    `<ul>${
      notebooks.map((name) => `<li>${link(`notebooks/${name}`, name.slice(0, -".html".length))}</li>`).join(
        "",
      )
    }</ul>`,
    "<h2>Tables</h2>",
    ...tables,
    "<h2>Figures</h2>",
    ...namesWith(files, ".svg").map(figureSection),
    ...files.includes("numbers.json")
      ? [`<p>Every number, with its seed and settings: ${link("numbers.json")}</p>`]
      : [],
  ];
  const path = join(folder, "index.html");
  await writeFileAtomically(path, htmlPage(`UniSRec on ${profile}`, body.join("\n")));
  return path;
}

function tableSection(name: string, markdown: string): string {
  const links = ["csv", "md", "tex"].map((extension) => link(`${name}.${extension}`));
  return `<section class="prose" id="${name}"><h3>${name}</h3>${renderMarkdown(markdown)}<p>${
    links.join(" · ")
  }</p></section>`;
}

function figureSection(name: string): string {
  const links = ["svg", "png", "pdf"].map((extension) => link(`${name}.${extension}`));
  return `<section class="figure" id="${name}"><h3>${name}</h3><img alt="${name}" src="${name}.svg"><p>${
    links.join(" · ")
  }</p></section>`;
}

function link(path: string, text: string = path): string {
  return `<a href="${path}">${text}</a>`;
}

function namesWith(files: string[], extension: string): string[] {
  return files.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
}

async function filesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}
