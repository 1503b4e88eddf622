import type { Domain } from "../../lib/data/domain.ts";
import { loadProfile } from "../../lib/data/profile.ts";
import type { Arrays } from "../../lib/engine/array_spec.ts";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import type { SequenceModel } from "../../lib/nn/sequence_model.ts";
import { createSasRec } from "../../lib/systems/sasrec/model.ts";
import { createUniSRec } from "../../lib/systems/unisrec/model.ts";
import { initialiseParameters } from "../../lib/nn/parameters.ts";
import { createGenerator, shuffle } from "../../lib/random.ts";
import { batchArrays, nextItemInputs, nextItemLoss } from "../../lib/training/next_item.ts";
import { packBatches, type PackedBatch, rowsFor } from "../../lib/training/packing/packing.ts";
import { sequenceSegments } from "../../lib/training/packing/segments.ts";
import { createTrainer, initialState, type Trainer } from "../../lib/training/trainer.ts";

/** Loads the paper's Scientific data, or says that it is not there and returns null. */
export async function loadScientific(): Promise<Domain | null> {
  if (Deno.env.get("UNISREC_DATA")) return (await loadProfile("Scientific")).targets[0];
  console.log("Not measured: set UNISREC_DATA to the folder that holds Scientific.");
  return null;
}

/** The models that are measured, by the names that the command lines here take. */
export function modelFor(
  domain: { itemIds: { readonly length: number } },
  kind: string,
  hiddenSize: number,
): SequenceModel {
  const items = domain.itemIds.length;
  if (kind === "sasrec") return createSasRec(items, { hiddenSize });
  return createUniSRec(items, { hiddenSize, setting: kind === "trans" ? "transductive" : "inductive" });
}

/** A model in training. */
export interface ScientificTraining {
  trainer: Trainer;
  /** Packs an epoch's batches in a new order. */
  shuffledBatches(): PackedBatch[];
  /** Takes one step and returns its loss. */
  step(batch: PackedBatch): Promise<number>;
}

/** Makes ready to train a model in batches of 2,048 predictions. */
export async function startTraining(domain: Domain, model: SequenceModel): Promise<ScientificTraining> {
  const generator = createGenerator(1);
  const segments = sequenceSegments(domain.sequences, model.maxLength);
  const capacity = 2048;
  const shape = { rows: rowsFor(segments, capacity, model.maxLength), length: model.maxLength, capacity };
  const trainer = await createTrainer(
    createOnnxEngine(),
    { loss: nextItemLoss(model), parameters: model.parameters, inputs: nextItemInputs(model, shape) },
    initialState(model.parameters, initialiseParameters(model.parameters, generator)),
  );
  const features: Arrays = model.featureSize === null ? {} : { features: domain.features!.values };
  return {
    trainer,
    shuffledBatches: () => packBatches(shuffle(generator, segments), domain.sequences, shape),
    async step(batch) {
      return (await trainer.step({ ...features, ...batchArrays(batch) }, 1e-3, generator)).loss;
    },
  };
}
