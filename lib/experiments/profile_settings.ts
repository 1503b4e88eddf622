/** What the notebooks take where a parameter is left open. */
export interface ProfileSettings {
  hiddenSize: number;
  maxLength: number;
  dropout: number;
  /** Of training on the target, if several are compared. */
  learningRates: number[];
  /** Of training on the target. */
  training: { learningRate: number; batchSize: number; epochs: number; patience: number };
  pretraining: { learningRate: number; batchSize: number; epochs: number; patience: number };
}

/**
 * Returns what suits a profile: sizes that train within seconds for `sample`, else the paper's.
 *
 * Pre-training is shorter than the paper's 300 epochs and ends sooner, and the learning rate 0.01 is left out of its
 * search: both take long on a CPU.
 *
 * @param profile its name
 * @example
 * ```ts
 * import { profileSettings } from "./profile_settings.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(profileSettings("Scientific").hiddenSize, 300);
 * assert.equal(profileSettings("sample").hiddenSize, 32);
 * ```
 */
export function profileSettings(profile: string): ProfileSettings {
  return structuredClone(profile === "sample" ? small : large);
}

const small: ProfileSettings = {
  hiddenSize: 32,
  maxLength: 20,
  dropout: 0.2,
  learningRates: [0.003],
  training: { learningRate: 0.003, batchSize: 256, epochs: 30, patience: 3 },
  pretraining: { learningRate: 0.003, batchSize: 512, epochs: 3, patience: 2 },
};

const large: ProfileSettings = {
  hiddenSize: 300,
  maxLength: 50,
  dropout: 0.5,
  learningRates: [0.0003, 0.001, 0.003],
  training: { learningRate: 0.001, batchSize: 2048, epochs: 300, patience: 10 },
  pretraining: { learningRate: 0.001, batchSize: 2048, epochs: 30, patience: 4 },
};
