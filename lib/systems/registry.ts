import { ParameterError } from "../errors.ts";
import { bert4rec } from "./bert4rec/system.ts";
import { caser } from "./caser/system.ts";
import { ccdr } from "./ccdr/system.ts";
import { fdsa } from "./fdsa/system.ts";
import { fpmc } from "./fpmc/system.ts";
import { fusionSystem } from "./fusion/system.ts";
import { gru4rec } from "./gru4rec/system.ts";
import { neighbours, neighboursOverTexts } from "./neighbours/system.ts";
import { peterrec } from "./peterrec/system.ts";
import { popularity } from "./popularity/system.ts";
import { recguru } from "./recguru/system.ts";
import { s3rec } from "./s3rec/system.ts";
import { sasrec } from "./sasrec/system.ts";
import type { System } from "./system.ts";
import { unisrecInductive, unisrecTransductive } from "./unisrec/system.ts";
import { zesrec } from "./zesrec/system.ts";

/** Text alone: it still ranks items that came after training. */
const fusedInductive = fusionSystem("UniSRec t + Neighbours", [unisrecInductive, neighboursOverTexts]);
/** Item IDs as well. */
const fusedTransductive = fusionSystem("UniSRec t+ID + Neighbours", [
  unisrecTransductive,
  neighboursOverTexts,
]);

/** All systems that are compared: those of the paper's Table 3 in its order, then those beyond it. */
export const systems: readonly System[] = [
  sasrec,
  bert4rec,
  fdsa,
  s3rec,
  ccdr,
  recguru,
  zesrec,
  unisrecInductive,
  unisrecTransductive,
  popularity,
  fpmc,
  gru4rec,
  caser,
  neighbours,
  neighboursOverTexts,
  fusedInductive,
  fusedTransductive,
];

/** What Table 1 has a row for beside the systems: PeterRec, which only serves users who are in two domains. */
export const otherMethods: readonly Pick<System, "name" | "abilities">[] = [peterrec];

/**
 * Returns the system of a name.
 *
 * @param where the notebooks' parameter that the name stands in
 * @param own systems beside those of the registry, which they come before
 * @throws {ParameterError} if there is none
 * @example
 * ```ts
 * import { findSystem } from "./registry.ts";
 * import assert from "node:assert/strict";
 *
 * assert.ok(findSystem("UniSRec t").abilities.inductive);
 * ```
 */
export function findSystem(name: string, where = "systemNames", own: readonly System[] = []): System {
  const known = [...own, ...systems];
  const found = known.find((system) => system.name === name);
  if (found) return found;
  throw new ParameterError({
    where,
    expected: `one of ${known.map((system) => system.name).join(", ")}`,
    found: JSON.stringify(name),
    advice: "Write the name as Table 3 has it.",
  });
}
