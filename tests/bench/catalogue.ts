import process from "node:process";
import type { Domain } from "../../lib/data/domain.ts";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { initialiseParameters } from "../../lib/nn/parameters.ts";
import type { SequenceModel } from "../../lib/nn/sequence_model.ts";
import { createGenerator, uniform } from "../../lib/random.ts";
import type { TrainingBatch } from "../../lib/training/fit.ts";
import { type NegativesChoice, settleNegatives } from "../../lib/training/negatives.ts";
import { nextItemObjective } from "../../lib/training/next_item_objective.ts";
import { createTrainer, initialState } from "../../lib/training/trainer.ts";
import { median } from "./median.ts";

/** How many items every synthetic user has; the last two are held out. */
const sequenceLength = 10;

/** Makes random sequences, in which some items are far more frequent than others, and features if they have a width. */
export function syntheticCatalogue(items: number, interactions: number, featureSize: number | null): Domain {
  const generator = createGenerator(1);
  const users = Math.ceil(interactions / sequenceLength);
  const values = new Float32Array(items * (featureSize ?? 0));
  // cheaply: what they are does not matter, only that no row is like another
  for (let at = 0; at < values.length; at++) values[at] = (Math.imul(at, 0x9e3779b1) >>> 16) / 65536 - 0.5;
  return {
    name: `${items} items`,
    itemIds: Array.from({ length: items }, (_, item) => String(item)),
    itemTexts: null,
    userIds: [],
    sequences: {
      items: Int32Array.from(
        { length: users * sequenceLength },
        () => Math.floor(items * uniform(generator) ** 2),
      ),
      offsets: Int32Array.from({ length: users + 1 }, (_, user) => user * sequenceLength),
    },
    features: featureSize === null ? null : { values, rows: items, width: featureSize },
  };
}

/** What something took: seconds by the clock, and of all processors, which other work on the machine hardly changes. */
export interface Taken {
  seconds: number;
  processor: number;
}

/** Does something and returns what it took. */
export async function take(work: () => unknown): Promise<Taken> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
}

/** Returns the middle of what was taken, both ways. */
export function medianOf(taken: readonly Taken[]): Taken {
  return {
    seconds: median(taken.map(({ seconds }) => seconds)),
    processor: median(taken.map(({ processor }) => processor)),
  };
}

/** A training whose steps are timed. */
export interface TimedTraining {
  /** Items that a step knows. */
  known: number;
  stepsOfEpoch: number;
  instancesOfEpoch: number;
  /** What packing an epoch's batches took. */
  packing: Taken;
  /** Takes a step, the making of its arrays included. */
  step(): Promise<Taken>;
  release(): Promise<void>;
}

/** Makes ready to train a model on a domain, in batches of 2,048 predictions. */
export async function startTimedTraining(
  domain: Domain,
  model: SequenceModel,
  choice: NegativesChoice,
): Promise<TimedTraining> {
  const negatives = settleNegatives(choice);
  const objective = nextItemObjective(model, domain, { batchSize: 2048, instances: "sequence", negatives });
  const { known, constants, inputs, loss } = objective;
  const generator = createGenerator(1);
  const trainer = await createTrainer(
    createOnnxEngine(),
    { loss, inputs, constants, known, parameters: model.parameters },
    initialState(model.parameters, initialiseParameters(model.parameters, generator)),
  );
  let batches: TrainingBatch[] = [];
  const packing = await take(() => batches = objective.batches(generator));
  let at = 0;
  return {
    known: known ? inputs[known].shape[0] : model.items,
    stepsOfEpoch: batches.length,
    instancesOfEpoch: batches.reduce((sum, { instances }) => sum + instances, 0),
    packing,
    step: () =>
      take(async () => {
        const batch = batches[at++ % batches.length];
        await trainer.step(batch.arrays(generator), 1e-3, generator);
      }),
    release: trainer.release,
  };
}

/** Takes steps of several trainings in turn, so that what else runs on the machine slows all alike. */
export async function timeInTurn(trainings: readonly TimedTraining[], steps: number): Promise<Taken[]> {
  const all: Taken[][] = trainings.map(() => []);
  for (let step = 0; step < steps + 2; step++) {
    for (const [at, training] of trainings.entries()) {
      const taken = await training.step();
      if (step >= 2) all[at].push(taken); // the first two make room
    }
  }
  return all.map(medianOf);
}

/** The most memory that the process has held so far, in GiB. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS / 2 ** 20;
}
