import type { Arrays } from "../lib/engine/array_spec.ts";
import type { Engine } from "../lib/engine/program.ts";
import type { SequenceModel } from "../lib/nn/sequence_model.ts";
import { initialiseParameters } from "../lib/nn/parameters.ts";
import { createGenerator, integer, normals, uniform } from "../lib/random.ts";
import { nextItemInputs, nextItemLoss } from "../lib/training/next_item.ts";
import type { BatchShape } from "../lib/training/packing/packing.ts";
import type { TrainerOptions } from "../lib/training/trainer.ts";
import { createTrainer, initialState, type Trainer } from "../lib/training/trainer.ts";

/** How many items every sequence of a synthetic batch has. */
const sequenceLength = 5;

/** Makes a packed batch of random sequences, some items of which are far more frequent than others. */
function syntheticBatch(model: SequenceModel, { rows, length, capacity }: BatchShape, seed: number): Arrays {
  const generator = createGenerator(seed);
  const popularItem = () => Math.floor(model.items * uniform(generator) ** 3);
  const slots = Array.from({ length: rows * length }, (_, slot) => slot);
  return {
    items: Int32Array.from(slots, popularItem),
    positions: Int32Array.from(slots, (slot) => slot % length % sequenceLength),
    segments: Int32Array.from(slots, (slot) => Math.floor(slot % length / sequenceLength)),
    queries: Int32Array.from({ length: capacity }, () => integer(generator, slots.length)),
    targets: Int32Array.from({ length: capacity }, popularItem),
    weights: new Float32Array(capacity).fill(1 / capacity),
  };
}

function syntheticFeatures({ items, featureSize }: SequenceModel, seed: number): Arrays {
  return featureSize === null ? {} : { features: normals(createGenerator(seed), items * featureSize, 0.5) };
}

/** A model in training on one synthetic batch; equal seeds and shapes give equal batches, parameters and noise. */
export interface SyntheticTraining {
  options: TrainerOptions;
  trainer: Trainer;
  /** Takes one step and returns the loss. */
  step(): Promise<number>;
}

/** Makes ready to train a model on an engine with random numbers for data: the loss falls, but means nothing. */
export async function startSyntheticTraining(
  engine: Engine,
  model: SequenceModel,
  shape: BatchShape,
  seed = 2022,
): Promise<SyntheticTraining> {
  const generator = createGenerator(seed);
  const options: TrainerOptions = {
    loss: nextItemLoss(model),
    parameters: model.parameters,
    inputs: nextItemInputs(model, shape),
    constants: syntheticFeatures(model, seed),
  };
  const start = initialState(model.parameters, initialiseParameters(model.parameters, generator));
  const trainer = await createTrainer(engine, options, start);
  const batch = syntheticBatch(model, shape, seed);
  return {
    options,
    trainer,
    step: async () => (await trainer.step(batch, 1e-3, generator)).loss,
  };
}
