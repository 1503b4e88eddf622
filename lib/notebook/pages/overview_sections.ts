import { escapeHtml } from "../../figures/drawing/html.ts";
import type { Numbers } from "../../figures/output/save.ts";
import { formatDuration } from "./format.ts";
import { isWide } from "./boxes.ts";
import { renderMarkdown } from "./render_html.ts";
import type { RunRecord } from "../running/run_records.ts";

/** What is known about a notebook on a profile. */
export interface NotebookFacts {
  name: string;
  /** Path from the overview; null where there is none any more. */
  source: string | null;
  /** Whether it pre-trains: on real data it is then told on what. */
  readsSources: boolean;
  /** The page of the executed notebook, as a path from the overview; null where there is none. */
  executed: string | null;
  /** Null where the last run was not recorded. */
  run: RunRecord | null;
  /** Null where it has saved no numbers. */
  numbers: Numbers | null;
}

/** Shows a saved table or figure with links to its files. */
export function outputHtml(
  name: string,
  label: string,
  files: ReadonlySet<string>,
  markdown?: string,
): string {
  const links = ["csv", "md", "tex", "svg", "png", "pdf"].map((extension) => `${name}.${extension}`)
    .filter((file) => files.has(file)).map((file) => link(file, file.slice(name.length + 1)));
  const image = files.has(`${name}.svg`)
    ? `<div class="figure"><img alt="${escapeHtml(label)}" src="${name}.svg"></div>`
    : "";
  const table = markdown === undefined ? "" : tableHtml(markdown);
  return `${image}${table}<p class="label">${links.join(" · ")}</p>`;
}

function tableHtml(markdown: string): string {
  const ruler = markdown.match(/^\|(?: *:?-+:? *\|)+$/m)?.[0] ?? "";
  const columns = ruler.split("|").length - 2;
  return `<div class="prose${isWide(columns) ? " wide" : ""}">${renderMarkdown(markdown)}</div>`;
}

/** Says which notebook made something, how long its last run took, with which seed and settings. */
export function originHtml(notebook: NotebookFacts): string {
  const { name, run, numbers } = notebook;
  const seed = numbers === null
    ? "no numbers saved"
    : numbers.seed === null
    ? "no random numbers"
    : `seed ${numbers.seed}`;
  const duration = run === null ? "run not recorded" : `last run ${formatDuration(run.seconds)}`;
  const failure = run?.failure
    ? `<p class="failed">The last run failed in ${escapeHtml(run.failure)}</p>`
    : "";
  const set = Object.entries(run?.set ?? {}).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const turned = set.length === 0 ? "" : ` · set: ${escapeHtml(set.join(", "))}`;
  const settings = numbers === null
    ? ""
    : `<details><summary>Settings of ${name}</summary><pre>${
      escapeHtml(JSON.stringify(numbers.settings, null, 2))
    }</pre></details>`;
  return `<p class="label">Notebook ${
    nameHtml(notebook)
  } · ${seed} · ${duration}${turned}</p>${failure}${settings}`;
}

/** Says that something has not been made yet, and how to make it. */
export function missingHtml(notebook: NotebookFacts, profile: string): string {
  const { run } = notebook;
  const name = nameHtml(notebook);
  const why = run === null
    ? `Not made yet: notebook ${name} has not been run on ${escapeHtml(profile)}.`
    : run.failure === null
    ? `The last run of notebook ${name} did not make it.`
    : `Not made: the last run of notebook ${name} failed in ${escapeHtml(run.failure)}`;
  const asksSources = profile !== "sample" && notebook.readsSources;
  const command = `npx -y deno@2.9.6 task notebook ${notebook.name} --profile ${profile}` +
    (asksSources ? ` --set 'sourceNames=["SOURCE"]' --out .` : "");
  const note = asksSources ? "<br>SOURCE is another data set, to pre-train on." : "";
  return `<p class="missing">${why}<br><code>${escapeHtml(command)}</code>${note}</p>`;
}

/** Names a notebook, with links to its source and to the page of the executed one. */
function nameHtml({ name, source, executed }: NotebookFacts): string {
  const named = source === null ? escapeHtml(name) : link(source, name);
  return executed === null ? named : `${named} (${link(executed, "as it ran")})`;
}

/** Writes a link. */
export function link(path: string, text: string = path): string {
  return `<a href="${escapeHtml(path)}">${escapeHtml(text)}</a>`;
}
