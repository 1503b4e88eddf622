import { AssertionError } from "node:assert/strict";
import { UniSRecError } from "../../lib/errors.ts";
import { createGenerator, type Generator, uniform } from "../../lib/random.ts";
import { mutate, pick } from "./mutate.ts";
import type { Files, FuzzReader } from "./reader.ts";

/** What can become of an input: the first two are as they should be. */
export const outcomes = ["accepted", "typed", "untyped", "wrong"] as const;
export type Outcome = typeof outcomes[number];

/** An input that was not read as it should be. */
export interface Fault {
  input: number;
  outcome: Outcome | "hang";
  message: string;
}

/** The folder that holds an input; processed data are called as their folder. */
const inputName = "Toys";

/**
 * Lets a reader read damaged files, one input after the other; every input follows from its number and the seed.
 *
 * @param folder for the files
 * @param inputs the numbers of the inputs
 * @param before is told each number before its input is read
 * @param after is told what became of it
 */
export async function tryInputs(
  reader: FuzzReader,
  folder: string,
  seed: number,
  inputs: Iterable<number>,
  before: (input: number) => void,
  after: (outcome: Outcome, fault: Fault | null) => void,
): Promise<void> {
  await Deno.mkdir(`${folder}/own`, { recursive: true });
  const { originals, read } = await reader.open(`${folder}/own`);
  for (const input of inputs) {
    const generator = createGenerator(Math.imul(seed, 0x9e3779b1) ^ input);
    const original = Math.floor(uniform(generator) * originals.length);
    const files = damage(generator, originals[original]);
    const inputFolder = `${folder}/input/${inputName}`;
    await Deno.mkdir(inputFolder, { recursive: true });
    for (const [name, bytes] of Object.entries(files)) await Deno.writeFile(`${inputFolder}/${name}`, bytes);
    before(input);
    try {
      await read(inputFolder, original);
      after("accepted", null);
    } catch (error) {
      const outcome = outcomeOf(error);
      const message = error instanceof Error ? error.stack ?? error.message : String(error);
      after(outcome, outcome === "typed" ? null : { input, outcome, message });
    }
    for (const name of Object.keys(originals[original])) {
      if (!(name in files)) await Deno.remove(`${inputFolder}/${name}`).catch(() => {});
    }
    // what a reader may have left beside the files must not reach the next input
    await Deno.remove(`${folder}/input`, { recursive: true }).catch(() => {});
  }
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof UniSRecError) return "typed";
  return error instanceof AssertionError ? "wrong" : "untyped";
}

/** Damages one file of an input, seldom more; now and then one is missing. */
function damage(generator: Generator, original: Files): Files {
  const files = { ...original };
  const names = Object.keys(files);
  do {
    const name = pick(generator, names);
    if (names.length > 1 && uniform(generator) < 0.02) delete files[name];
    else files[name] = mutate(generator, files[name] ?? original[name]);
  } while (uniform(generator) < 0.1);
  return files;
}
