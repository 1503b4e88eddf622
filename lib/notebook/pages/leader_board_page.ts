import { basename, dirname, join } from "node:path";
import { escapeHtml } from "../../figures/drawing/html.ts";
import { type LeaderBoard, readLeaderBoard } from "../../figures/leader_board/read_leader_board.ts";
import { saveFigure, saveTable } from "../../figures/output/save.ts";
import { toHtml } from "../../figures/output/table.ts";
import { figuresFolder } from "../../figures/output/place.ts";
import { plotLeaderBoard } from "../../figures/plots/leader_board.ts";
import { bestOf, leaderBoardTable } from "../../figures/tables/leader_board_table.ts";
import { writeFileAtomically } from "../../write_file.ts";
import { figureBox, tableBox } from "./boxes.ts";
import { hasOutputs } from "./files_in.ts";
import { drawAgainstPaper } from "./draw_against_paper.ts";
import { htmlPage } from "./html_page.ts";
import { link } from "./overview_sections.ts";

const metrics = ["NDCG@10", "Recall@10"];

/**
 * Writes `index.html` in the folder of figures: every system on every one of the paper's data sets that there are tables or
 * kept results of, with intervals, beside what the paper prints and what others published. Its tables and figures are saved
 * beside it.
 *
 * @returns the page's path, or null where nothing is known of any data set
 */
export async function writeLeaderBoard(root: string = figuresFolder): Promise<string | null> {
  const board = await readLeaderBoard(root);
  if (board.data.length === 0) return null;
  const [parent, own] = [dirname(join(root, ".")), basename(join(root, "."))];
  const [boardSvg, paperSvg] = [drawBoard(board), drawAgainstPaper(board.data, [metrics[0]])];
  await saveFigure(own, "leader-board", boardSvg, parent);
  await saveFigure(own, "against-paper", paperSvg, parent);
  const systems = board.kinds.flatMap(({ systems }) => systems);
  const tables = metrics.map((metric) => ({ metric, table: leaderBoardTable(metric, board.data, systems) }));
  for (const { metric, table } of tables) await saveTable(own, tableName(metric), table, parent);
  const pages = await Promise.all(
    board.data.map(async ({ folder, dataset }) =>
      await hasOutputs(join(root, folder))
        ? `<li>${link(`${folder}/index.html`, dataset)}</li>`
        : `<li>${escapeHtml(dataset)}</li>`
    ),
  );
  const body = [
    "<h1>UniSRec: all systems on all data sets</h1>",
    openingHtml(board),
    figureBox(`<img alt="NDCG@10 of every system on every data set" src="leader-board.svg">`, {
      name: "Figure 1",
      svg: boardSvg,
      caption:
        "<b>Figure 1.</b> NDCG@10 on the test items, ranked among all items. Every mark is one training or one count with the " +
        "settings that were best on the validation items; the line through it holds 95 % of 2,000 bootstrap resamples of the " +
        "users, and is missing where their ranks were not kept. The dashed line is the best of the paper's Table 3, the solid " +
        "one the best number that we know to be published, whatever the system reads, where it was measured on the same data. " +
        "Axes do not start at 0. Systems of different data sets were not all trained alike or to the end: README.md in this " +
        "folder says how, with commands.",
    }),
    filesHtml("leader-board", ["svg", "png", "pdf"]),
    ...tables.flatMap(({ metric, table }, at) => [
      tableBox(toHtml(table), `<b>Table ${at + 1}.</b> ${escapeHtml(table.caption)}`),
      filesHtml(tableName(metric), ["csv", "md", "tex", "typ"]),
    ]),
    figureBox(`<img alt="Ours against the paper's NDCG@10" src="against-paper.svg">`, {
      name: "Figure 2",
      svg: paperSvg,
      caption:
        "<b>Figure 2.</b> Ours against the paper's NDCG@10, system by system. The ring is the paper's number and the dot ours; a " +
        "solid blue line joins them where ours is higher, a dashed orange one where it is lower. Axes do not start at 0.",
    }),
    filesHtml("against-paper", ["svg", "png", "pdf"]),
    "<h2>Data set by data set</h2>",
    `<ul>${pages.join("")}</ul>`,
    `<p>How each number came to be, with commands, searches and costs: ${link("README.md")}.</p>`,
    "<details><summary>How this page is made</summary>",
    "<p>From <code>table-3.csv</code>, <code>table-beyond.csv</code> and <code>results.tar.gz</code> of each data set; of systems " +
    "that only the kept results have, the settings are taken that are best in NDCG@10 on the validation items.</p>" +
    `<pre class="source"><code>npx -y deno@2.9.6 task pages</code></pre></details>`,
  ];
  const path = join(root, "index.html");
  await writeFileAtomically(path, htmlPage("UniSRec: all data sets", body.join("\n")));
  return path;
}

const tableName = (metric: string) => `leader-board-${metric.toLowerCase().replace("@", "-")}`;

function filesHtml(name: string, extensions: readonly string[]): string {
  return `<p class="label">${
    extensions.map((extension) => link(`${name}.${extension}`, extension)).join(" · ")
  }</p>`;
}

function drawBoard({ data, kinds }: LeaderBoard): string {
  const [metric] = metrics;
  const panels = data.map(({ dataset, scores, paper, published }) => {
    const best = published(metric);
    return {
      dataset,
      points: scores.filter((score) => score.metric === metric),
      paper: bestOf(paper?.[metric])?.value ?? null,
      published: best?.comparable ? best.value : null,
    };
  });
  return plotLeaderBoard(panels, metric, kinds);
}

/** What came out, in numbers. */
function openingHtml({ data, kinds }: LeaderBoard): string {
  const [baselines, , beyond] = kinds.map(({ systems }) => systems);
  const [metric] = metrics;
  const valuesOf = (at: number, systems: readonly string[]) =>
    data[at].scores.filter((score) => score.metric === metric && systems.includes(score.system))
      .map(({ value }) => value);
  const measured = [...data.keys()].filter((at) =>
    valuesOf(at, ["UniSRec t+ID"]).length > 0 && valuesOf(at, baselines).length > 0
  );
  const ahead = measured.filter((at) =>
    valuesOf(at, ["UniSRec t+ID"])[0] > Math.max(...valuesOf(at, baselines))
  );
  const farther = [...data.keys()].filter((at) => {
    const others = data[at].scores.filter((score) =>
      score.metric === metric && !beyond.includes(score.system)
    );
    return others.length > 0 &&
      Math.max(...valuesOf(at, beyond)) > Math.max(...others.map(({ value }) => value));
  });
  const named = (places: number[]) =>
    places.length === 0 ? "none" : places.map((at) => data[at].dataset).join(", ");
  return `<p>${
    escapeHtml(
      `UniSRec t+ID is ahead of all of the paper's baselines in ${metric} on ${ahead.length} of ${measured.length} data sets ` +
        `that both were trained on here (${
          named(ahead)
        }). A system that the paper does not have is ahead of every system ` +
        `of the paper's Table 3 on ${farther.length} of ${data.length} (${named(farther)}).`,
    )
  }</p>`;
}
