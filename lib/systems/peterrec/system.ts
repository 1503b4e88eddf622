import type { System } from "../system.ts";

/**
 * PeterRec: item IDs, pre-trained on one source and patched for the users who are in source and target.
 *
 * It has a row in Table 1 and none in Table 3: there each system ranks for every user of the target by what the user did
 * there before. PeterRec reads what users did in the source instead, and knows only those who are in both; see
 * `trainPeterRec`.
 */
export const peterrec: Pick<System, "name" | "abilities"> = {
  name: "PeterRec",
  abilities: { sources: "one", withoutOverlap: false, transductive: true, inductive: false },
};
