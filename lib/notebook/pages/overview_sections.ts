import { escapeHtml } from "../../figures/drawing/html.ts";
import type { Numbers } from "../../figures/output/save.ts";
import { formatDuration } from "./format.ts";
import { figureBox, tableBox } from "./boxes.ts";
import { captionOf, titleOf } from "./captions.ts";
import { renderMarkdown } from "./render_html.ts";
import type { RunRecord } from "../running/run_records.ts";

/** What is known about a notebook on a profile. */
export interface NotebookFacts {
  name: string;
  /** Path from the overview; null where there is none any more. */
  source: string | null;
  /** Whether it pre-trains: on real data it is then told on what. */
  readsSources: boolean;
  /** The page of the executed notebook, as a path from the overview; null where there is none that lasts. */
  executed: string | null;
  /** Null where the last run was not recorded. */
  run: RunRecord | null;
  /** Null where it has saved no numbers. */
  numbers: Numbers | null;
}

/** A saved table or figure, as far as its files are there. */
export interface SavedOutput {
  name: string;
  /** What it is called on the page: `Table 3`, `Figure S2`. */
  label: string;
  files: ReadonlySet<string>;
  markdown?: string;
  svg?: string;
}

/** Shows a saved table or figure with its caption, and links to its files. */
export function outputHtml({ name, label, files, markdown, svg }: SavedOutput): string {
  const links = ["csv", "md", "tex", "typ", "svg", "png", "pdf"].map((extension) => `${name}.${extension}`)
    .filter((file) => files.has(file)).map((file) => link(file, file.slice(name.length + 1)));
  const caption = captionOf(name);
  const title = titleOf(name) === label ? label : `${label}: ${titleOf(name)}`;
  const figure = svg === undefined ? "" : figureBox(`<img alt="${escapeHtml(title)}" src="${name}.svg">`, {
    name: title,
    svg,
    caption: numbered(label, escapeHtml(caption)),
  });
  const table = markdown === undefined ? "" : tableHtml(markdown, label);
  return `${figure}${table}<p class="label">${links.join(" · ")}</p>`;
}

function numbered(label: string, caption: string): string {
  return `<b>${label}.</b> ${caption}`;
}

/** Shows a table that was saved as Markdown, whose first paragraph is its caption. */
function tableHtml(markdown: string, label: string): string {
  const [, caption, table] = markdown.match(/^([^]*?)(^\|[^]*)$/m) ?? ["", "", "", markdown];
  const text = renderMarkdown(caption.trim().replace(/^(?:Table|Figure) \d+: */, ""))
    .trim().replace(/^<p>([^]*)<\/p>$/, "$1");
  return tableBox(renderMarkdown(table ?? "").trim(), numbered(label, capitalised(text)));
}

function capitalised(text: string): string {
  return text === "" ? "" : text[0].toUpperCase() + text.slice(1);
}

/** Says which notebook made something; folded below: its command, seed, time and settings. */
export function originHtml(notebook: NotebookFacts, profile: string): string {
  const { run, numbers } = notebook;
  const seed = numbers === null
    ? "no numbers saved"
    : numbers.seed === null
    ? "no random numbers"
    : `seed ${numbers.seed}`;
  const duration = run === null ? "run not recorded" : `last run ${formatDuration(run.seconds)}`;
  const failure = run?.failure
    ? `<p class="failed">The last run failed in ${escapeHtml(run.failure)}. ` +
      "What it did not come to is shown as an earlier run left it.</p>"
    : "";
  const set = Object.entries(run?.set ?? {}).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const turned = set.length === 0 ? "" : `<p>set: ${escapeHtml(set.join(", "))}</p>`;
  const command = run === null
    ? ""
    : `<pre class="source"><code>${escapeHtml(commandOf(notebook, profile))}</code></pre>`;
  // earlier versions did not record it
  const unknown = run !== null && run.set === undefined && profile !== "sample" && numbers !== null
    ? `<p class="label">What was set was not recorded: it is among the settings.</p>`
    : "";
  const settings = numbers === null ? "" : `<pre>${escapeHtml(showSettings(numbers.settings))}</pre>`;
  return `${failure}<details><summary>Notebook ${escapeHtml(notebook.name)}: command and settings</summary>` +
    `<p class="label">${
      nameHtml(notebook)
    } · ${seed} · ${duration}</p>${command}${turned}${unknown}${settings}</details>`;
}

/** Writes settings as JSON, lists on one line. */
function showSettings(settings: Record<string, unknown>): string {
  return JSON.stringify(settings, null, 2)
    .replace(/\[\n\s*([^[\]{}]*?)\n\s*\]/g, (_, list: string) => `[${list.replace(/,\n\s*/g, ", ")}]`);
}

/** The command that a run was started with. */
function commandOf({ name, run }: NotebookFacts, profile: string): string {
  const set = Object.entries(run?.set ?? {}).map(([name, value]) =>
    ` --set ${quoteForShell(`${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)}`
  );
  return `npx -y deno@2.9.6 task notebook ${name} --profile ${profile}${set.join("")}` +
    (set.length > 0 ? " --out ." : "");
}

function quoteForShell(text: string): string {
  return /^[\w=.,/+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
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
