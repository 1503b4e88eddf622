import assert from "node:assert/strict";
import { type Domain, packSequences } from "./domain.ts";

/** Runs a test in a folder of its own, which holds the given files and is removed at the end. */
export async function inFolder(
  files: Record<string, string | Uint8Array>,
  run: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      await Deno.writeFile(
        `${folder}/${name}`,
        typeof content === "string" ? new TextEncoder().encode(content) : content,
      );
    }
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Checks that a promise is rejected with an error of exactly this class, whose message fits the pattern. */
export async function rejects(
  promise: Promise<unknown>,
  errorClass: new (...parameters: never[]) => Error,
  pattern: RegExp,
): Promise<void> {
  await assert.rejects(promise, (error: Error) => {
    assert.equal(error.constructor, errorClass, String(error));
    assert.match(error.message, pattern);
    return true;
  });
}

/** Runs something and returns what it said through `console.info`. */
export async function listen(run: () => Promise<unknown>): Promise<string[]> {
  const said: string[] = [];
  const info = console.info;
  console.info = (line: string) => said.push(line);
  try {
    await run();
  } finally {
    console.info = info;
  }
  return said;
}

/** Makes a small domain of the given sequences, with texts and without features. */
export function smallDomain(lists: number[][]): Domain {
  const items = Math.max(...lists.flat()) + 1;
  return {
    name: "Toys",
    itemIds: Array.from({ length: items }, (_, item) => `toy-${item}`),
    itemTexts: Array.from({ length: items }, (_, item) => `wooden toy number ${item}.`),
    userIds: lists.map((_, user) => `child-${user}`),
    sequences: packSequences(lists),
    features: null,
  };
}
