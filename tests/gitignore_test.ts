import assert from "node:assert/strict";
import { join } from "node:path";
import { withTemporaryFolder } from "./with_temporary_folder.ts";

const ignoreFile = join(import.meta.dirname!, "../.gitignore");

async function git(folder: string, args: string[], input = ""): Promise<string> {
  const process = new Deno.Command("git", { args, cwd: folder, stdin: "piped", stdout: "piped" }).spawn();
  await new Blob([input]).stream().pipeTo(process.stdin);
  return new TextDecoder().decode((await process.output()).stdout).trim();
}

const hasGit =
  new Deno.Command("sh", { args: ["-c", "command -v git"], stdout: "null" }).outputSync().success;
const name = "git leaves out what holds users' identifiers, and keeps the figures of public data";

Deno.test(name, { ignore: !hasGit }, () =>
  withTemporaryFolder(async (folder) => {
    await git(folder, ["init", "--quiet"]);
    await Deno.copyFile(ignoreFile, join(folder, ".gitignore"));
    const ignored = [
      "data/raw/MyShop/interactions.csv",
      "data/processed/MyShop-0123/MyShop.train.inter",
      "runs/experiments/a.json",
      "figures/sample/table-2.csv",
      "figures/MyShop/recommendations.csv",
      "figures/MyShop/index.html",
      "figures/MyShop/table-own-data-new-items.md",
      "figures/OR/recommendations.csv",
      "figures/OR/table-own-data-new-items.csv",
      "figures/OR/notebooks/01-datasets.html",
      "figures/OR/hiddenSize=64/table-3.csv",
      "figures/OR/hiddenSize=64/recommendations.csv",
      "figures/OR/numbers.json.0b0c.tmp",
    ];
    const kept = [
      "figures/architecture.svg",
      "figures/OR/table-3.csv",
      "figures/Scientific/index.html",
      "data/README.md",
    ];
    const said = await git(
      folder,
      ["check-ignore", "--stdin", "--no-index"],
      [...ignored, ...kept].join("\n"),
    );
    assert.deepEqual(said.split("\n"), ignored);
  }));
