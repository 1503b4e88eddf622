import { join } from "node:path";
import type { Pooling } from "./pooling.ts";

/** How models of one family make a vector of a text, as those who trained them say. */
export interface FamilyDefaults {
  pooling: Pooling;
  /** Goes before every text. */
  prefix: string;
  /** Whether vectors are scaled to length 1. */
  normalise: boolean;
}

const plain: FamilyDefaults = { pooling: "cls", prefix: "", normalise: false };

/** By what stands in the model's name; the first that fits counts. */
const families: readonly [RegExp, FamilyDefaults][] = [
  [/qwen3-embedding|gte-qwen/i, { pooling: "last", prefix: "", normalise: true }],
  [/e5-mistral/i, { pooling: "last", prefix: "", normalise: true }],
  // items are what is looked for, and no instruction goes before them
  [/e5.*instruct/i, { pooling: "mean", prefix: "", normalise: true }],
  [/(^|[^a-z0-9])e5([^a-z0-9]|$)/i, { pooling: "mean", prefix: "passage: ", normalise: true }],
  [/(^|[^a-z0-9])bge([^a-z0-9]|$)/i, { pooling: "cls", prefix: "", normalise: true }],
  // the second generation of GTE is trained on [CLS]
  [/gte-.*(v1\.5|multilingual|modernbert)/i, { pooling: "cls", prefix: "", normalise: true }],
  [/(^|[^a-z0-9])gte([^a-z0-9]|$)/i, { pooling: "mean", prefix: "", normalise: true }],
  [/minilm|mpnet|sentence-t5|sentence-transformers/i, { pooling: "mean", prefix: "", normalise: true }],
];

/**
 * Returns how a model makes vectors, by its family, which its name tells: BERT's [CLS] as in the paper, where it is
 * none of those that are known.
 *
 * A folder in the layout of sentence-transformers says itself how it pools.
 *
 * @param model a folder, or the model's name on the Hugging Face Hub
 * @param folder where its files are
 * @example
 * ```ts
 * import { familyDefaults } from "./families.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(await familyDefaults("Xenova/multilingual-e5-small", "/nowhere"), {
 *   pooling: "mean",
 *   prefix: "passage: ",
 *   normalise: true,
 * });
 * ```
 */
export async function familyDefaults(model: string, folder: string): Promise<FamilyDefaults> {
  const name = model.split("/").filter((part) => part !== "").slice(-2).join("/");
  const config = await readJson(join(folder, "config.json"));
  const names = [name, String(config._name_or_path ?? "")];
  const known = families.find(([pattern]) => names.some((one) => pattern.test(one)))?.[1] ??
    (config.model_type === "qwen3" ? { pooling: "last", prefix: "", normalise: true } as const : plain);
  const own = await readJson(join(folder, "1_Pooling", "config.json"));
  const pooling = own.pooling_mode_cls_token
    ? "cls"
    : own.pooling_mode_mean_tokens
    ? "mean"
    : own.pooling_mode_lasttoken
    ? "last"
    : known.pooling;
  return { ...known, pooling };
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch {
    return {}; // what the model itself needs, its own reader will miss
  }
}
