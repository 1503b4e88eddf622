import { ParameterError } from "../../errors.ts";
import type { ListPlace } from "../../experiments/lists/list_comparison.ts";
import { insideNotebook } from "./live_display.ts";
import type { Workplace } from "../../systems/system.ts";

/** The environment variable by which a notebook's grid is listed instead of done: JSON of a `Listing`. */
export const listingVariable = "UNISREC_LIST";

/** How a grid is to be listed. */
export interface Listing {
  /** The folder of lists. */
  lists: string;
  /** How the list's name begins. */
  label: string;
  /** The folder of runs for notebooks that keep none. */
  runs: string;
  /** The file that is to take the answer. */
  answer: string;
}

/** What was listed. */
export interface ListingAnswer {
  /** The list's folder. */
  folder: string;
  /** Whether the notebook looks for runs by itself: on the sample not all do. */
  keepsRuns: boolean;
}

/** Names of engines, by what they call themselves. */
const engineNames: Record<string, string> = {
  "onnx-cpu": "onnx-cpu",
  "onnx-webgpu": "onnx-webgpu",
  "tfjs-cpu": "tfjs-cpu",
  "tfjs-tensorflow": "tensorflow",
};

/**
 * Lists a grid if that is what the notebook is run for, and then ends its cell; else does nothing.
 *
 * @param list writes the list, and returns its folder
 * @throws {Error} when the list is written
 */
export async function listIfAsked(
  { engine, runs }: Workplace,
  list: (place: ListPlace) => Promise<string>,
): Promise<void> {
  const text = insideNotebook() ? Deno.env.get(listingVariable) : undefined;
  if (text === undefined) return;
  const { lists, label, answer, runs: own } = JSON.parse(text) as Listing;
  const engineName = engineNames[engine.name];
  if (engineName === undefined) {
    throw new ParameterError({
      where: "engineName",
      expected: `an engine that other processes can choose: ${Object.values(engineNames).join(", ")}`,
      found: engine.name,
      advice: "Train without --jobs.",
    });
  }
  const folder = await list({ lists, label, engineName, runs: await folderOf(runs ?? own) });
  const listed: ListingAnswer = { folder, keepsRuns: runs !== null };
  await Deno.writeTextFile(answer, JSON.stringify(listed));
  throw new Error(`the trainings are listed in ${folder}`);
}

/** Returns a folder's path from the root, the same for processes in other folders; it is made if need be. */
async function folderOf(path: string): Promise<string> {
  await Deno.mkdir(path, { recursive: true });
  return await Deno.realPath(path);
}
