import { peakMemory } from "../engine/peak_memory.ts";
import { recordComputation } from "../engine/record_computation.ts";
import type { TrainingRun } from "./run_identity.ts";
import { stepInputs, trainableNames, trainingStep } from "./step.ts";

/** What a process takes before it trains: packages, the compiled graph, the validation. */
const base = 400e6;

/** What ONNX Runtime takes for an array of the step, and what is kept of it beside: the best state, a checkpoint. */
const perStepByte = 1.6;

/**
 * Estimates what a process takes that trains, from the recorded training step.
 *
 * SASRec and UniSRec on Scientific, with hidden sizes 64 and 300, took 0.61, 0.80, 0.97 and 1.09 GB where this says 0.64,
 * 0.79, 1.02 and 1.04.
 *
 * @param data bytes of what is loaded
 * @returns bytes
 */
export async function estimateProcessMemory(
  { loss, parameters, frozen, inputs, known }: Pick<
    TrainingRun,
    "loss" | "parameters" | "frozen" | "inputs" | "known"
  >,
  data: number,
): Promise<number> {
  const trainable = trainableNames(parameters, frozen);
  const { graph } = await recordComputation(
    trainingStep(loss, parameters, trainable, known),
    stepInputs(parameters, trainable, inputs),
    "cpu",
  );
  return Math.ceil(estimateIdleMemory(data) + perStepByte * peakMemory(graph));
}

/** Estimates what a process takes that counts, or looks a training up. */
export function estimateIdleMemory(data: number): number {
  return Math.ceil(base + 2 * data);
}
