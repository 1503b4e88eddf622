import type { ExperimentResult } from "./result_file.ts";

const users = 40;
const cost = {
  parameters: 1,
  trainedParameters: 1,
  epochs: 1,
  secondsPerEpoch: 1,
  engine: "onnx-cpu, 2 processors",
  pretrainingEpochs: 0,
  pretrainingSeconds: 0,
  memory: 0,
  seconds: 1,
};

/** Returns a result whose validation and test items all have the given ranks, one user's test item excepted. */
export function resultOf(
  system: string,
  learningRate: number,
  [valid, test]: [number, number],
  seed = 1,
): ExperimentResult {
  return {
    experiment: { system, dataset: "Small", learningRate, hiddenSize: 16, seed },
    ranks: {
      valid: new Int32Array(users).fill(valid),
      test: Int32Array.from({ length: users }, (_, user) => user === 0 ? 99 : test),
    },
    bestEpoch: 0,
    curve: [{ epoch: 0, loss: 1, parts: {}, metric: 0, instances: 1, seconds: 1, validationSeconds: 0 }],
    settingsFound: {},
    cost,
    ofOtherCode: false,
  };
}
