import { createHash } from "node:crypto";
import type { Domain } from "../data/domain.ts";
import type { JsonObject } from "../json.ts";
import type { SequenceModel } from "../models/model.ts";

/** The choices of training that change what comes out. */
export interface RunSettings {
  learningRate: number;
  batchSize: number;
  seed: number;
  instances: string;
  frozen: readonly string[];
}

/** Returns the bytes of an array as they lie in memory. */
function bytesOf(array: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Returns a fingerprint of the interactions, and of the text features if the model reads them. */
function fingerprint({ sequences, features }: Domain, readsFeatures: boolean): string {
  const hash = createHash("sha256").update(bytesOf(sequences.offsets)).update(bytesOf(sequences.items));
  if (readsFeatures && features) hash.update(bytesOf(features.values));
  return hash.digest("hex").slice(0, 16);
}

/** Returns everything that two runs must have in common for one to continue the other. */
export function runConfig(model: SequenceModel, domain: Domain, settings: RunSettings): JsonObject {
  const { learningRate, batchSize, seed, instances, frozen } = settings;
  return {
    model: model.name,
    ...model.config,
    dataset: domain.name,
    data: fingerprint(domain, model.featureSize !== null),
    learningRate,
    batchSize,
    seed,
    instances,
    frozen,
  };
}

/** Returns the name of a run's folder: readable, and another one for every other configuration. */
export function runName(config: JsonObject): string {
  const hash = createHash("sha256").update(JSON.stringify(config)).digest("hex").slice(0, 10);
  const readable = `${config.dataset}-${config.model}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${readable}-${hash}`;
}
