import type { Engine } from "../../engine/program.ts";
import { createUniSRec, type UniSRecConfig } from "./model.ts";
import { initialiseParameters } from "../../nn/parameters.ts";
import { createGenerator } from "../../random.ts";
import { joinDomains, type SourceDomain } from "../../training/joined/joined_domains.ts";
import { createPretrainingBatches } from "./batches.ts";
import { defaultTasks, pretrainingLoss } from "./loss.ts";
import { createTrainer, initialState } from "../../training/trainer.ts";
import { quantiles } from "../../evaluation/quantiles.ts";

/** How long a part of pre-training takes. */
export interface PartTime {
  part: string;
  /** Per step, the median over the steps measured. */
  milliseconds: number;
}

/** Steps that are not measured, as the first ones are slower. */
const warmUp = 2;

/**
 * Measures where the time of a pre-training step goes.
 *
 * The sequence–sequence task's part is what a step with both tasks takes longer than one with the other alone.
 *
 * @param steps how many to measure
 */
export async function timePretraining(
  engine: Engine,
  config: Partial<UniSRecConfig>,
  domains: readonly SourceDomain[],
  { batchSize, steps }: { batchSize: number; steps: number },
): Promise<PartTime[]> {
  const joined = joinDomains(domains);
  const model = createUniSRec(joined.firstItems.at(-1)!, { ...config, featureSize: joined.featureSize });
  const batches = createPretrainingBatches(joined, batchSize, model.maxLength);
  const generator = createGenerator(1);
  const start = performance.now();
  const epoch = batches.batches(generator);
  const packing = (performance.now() - start) / epoch.length;
  const reading: number[] = [];

  async function medianStep(sequenceSequence: number): Promise<number> {
    const trainer = await createTrainer(
      engine,
      {
        loss: pretrainingLoss(model, { ...defaultTasks, sequenceSequence }, []),
        parameters: model.parameters,
        inputs: batches.inputs,
      },
      initialState(model.parameters, initialiseParameters(model.parameters, createGenerator(1))),
    );
    const times: number[] = [];
    for (let step = 0; step < warmUp + steps; step++) {
      const begin = performance.now();
      const arrays = epoch[step % epoch.length].arrays(generator);
      const read = performance.now();
      await trainer.step(arrays, 1e-3, generator);
      if (step < warmUp) continue;
      reading.push(read - begin);
      times.push(performance.now() - read);
    }
    await trainer.release();
    return median(times);
  }
  const [one, both] = [await medianStep(0), await medianStep(defaultTasks.sequenceSequence)];
  return [
    { part: "packing sequences into rows", milliseconds: packing },
    { part: "reading features, dropping items", milliseconds: median(reading) },
    { part: "step: adaptor, encoder, sequence–item task", milliseconds: one },
    { part: "step: augmented view, sequence–sequence task", milliseconds: Math.max(0, both - one) },
  ];
}

function median(values: number[]): number {
  return quantiles(Float64Array.from(values), [0.5])[0];
}
