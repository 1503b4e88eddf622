import { neuralSystem } from "../neural/neural_system.ts";
import { createS3Rec } from "./model.ts";
import { planS3Rec } from "./pretrain.ts";

/** S3-Rec: pre-trained on the target's own sequences and item texts, then trained on its item IDs as SASRec is. */
export const s3rec = neuralSystem({
  name: "S3-Rec",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  reads: { features: true },
  createModel: ({ itemIds }, sizes) => createS3Rec(itemIds.length, sizes),
  planPretraining: planS3Rec,
});
