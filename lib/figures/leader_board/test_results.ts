import { packTar } from "modern-tar";
import type { SavedResult } from "../../experiments/result_schema.ts";

const cost = {
  parameters: 1,
  trainedParameters: 1,
  epochs: 1,
  secondsPerEpoch: 1,
  pretrainingEpochs: 0,
  pretrainingSeconds: 0,
  engine: null,
  memory: 0,
  seconds: 1,
};

/** Makes a kept result of a system on Scientific; all validation items have one rank. */
export function savedResult(
  system: string,
  { learningRate = 0.001, seed = 1, valid = 3, test }: {
    learningRate?: number;
    seed?: number;
    valid?: number;
    test: number[];
  },
): SavedResult {
  return {
    settings: { name: system, dataset: "Scientific", stages: [{ learningRate, seed }] },
    code: null,
    experiment: { system, dataset: "Scientific", learningRate, hiddenSize: 16, seed },
    bestEpoch: 0,
    settingsFound: {},
    cost,
    curve: [{ epoch: 0, loss: 1, parts: {}, metric: 0, instances: 1, seconds: 1, validationSeconds: 0 }],
    ranks: { valid: test.map(() => valid), test },
  };
}

/** Packs results as they are kept beside a data set's tables, with what a study has kept. */
export async function writeArchive(path: string, results: readonly SavedResult[]): Promise<void> {
  const files = results.map((result, at) => ({
    name: `experiments/${at}.json`,
    body: JSON.stringify(result),
  }));
  files.push({ name: "users/Scientific.json", body: "{}" });
  const tar = await packTar(files.map(({ name, body }) => ({
    header: { name, size: new Blob([body]).size, type: "file" },
    body,
  })));
  const zipped = new Blob([tar as Uint8Array<ArrayBuffer>]).stream().pipeThrough(
    new CompressionStream("gzip"),
  );
  await Deno.writeFile(path, zipped);
}
