import { createS3Rec } from "./model.ts";
import { maskedShare } from "./batches.ts";
import { attributePrior, s3RecTasks } from "./loss.ts";
import { pretrainS3Rec } from "./pretrain.ts";
import type { System } from "../system.ts";

/** S3-Rec: pre-trained on the target's own sequences and item texts, then trained on its item IDs as SASRec is. */
export const s3rec: System = {
  name: "S3-Rec",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  readsText: true,
  createModel: ({ itemIds }, settings) => createS3Rec(itemIds.length, settings),
  pretrain: (engine, target, _sources, settings, options) => pretrainS3Rec(engine, target, settings, options),
  constants: { ...s3RecTasks, maskedShare, attributePrior },
};
