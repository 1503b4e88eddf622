// The pages that git keeps are read from clones: what they lead to has to be there, too.
import assert from "node:assert/strict";
import { dirname, join, normalize } from "node:path";
import { DOMParser } from "linkedom";

const root = join(import.meta.dirname!, "../..");

async function git(args: string[], input = ""): Promise<string[]> {
  const process = new Deno.Command("git", {
    args,
    cwd: root,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  await new Blob([input]).stream().pipeTo(process.stdin);
  return new TextDecoder().decode((await process.output()).stdout).split("\n").filter((line) => line !== "");
}

const hasGit = new Deno.Command("sh", {
  args: ["-c", "git rev-parse"],
  cwd: root,
  stdout: "null",
  stderr: "null",
}).outputSync().success;
const name = "every link and image of a page that git keeps leads to what git keeps";

Deno.test(hasGit ? name : `${name} (skipped: this is no clone)`, { ignore: !hasGit }, async () => {
  const pages = await git(["ls-files", "figures/*.html"]);
  assert.ok(pages.length > 1);
  const targets = new Map<string, string>();
  for (const page of pages) {
    const document = new DOMParser().parseFromString(await Deno.readTextFile(join(root, page)), "text/html");
    const named = [
      ...[...document.querySelectorAll("a")].map((link) => link.getAttribute("href")!),
      ...[...document.querySelectorAll("img")].map((image) => image.getAttribute("src")!),
    ];
    for (const target of named.filter((target) => !/^(#|data:)/.test(target))) {
      targets.set(normalize(join(dirname(page), target.split("#")[0])), page);
    }
  }
  for (const [target, page] of targets) {
    assert.ok(
      await Deno.stat(join(root, target)).then(() => true, () => false),
      `${page}: ${target} is not there`,
    );
  }
  assert.deepEqual(await git(["check-ignore", "--stdin"], [...targets.keys()].join("\n")), []);
});
