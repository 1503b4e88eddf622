// A grid that trains in seconds, for the tests of trainings in processes of their own.
import { listComparison } from "../../lib/experiments/lists/list_comparison.ts";
import type { ComparisonOptions, runComparison } from "../../lib/experiments/run_comparison.ts";
import { findSystem } from "../../lib/systems/registry.ts";
import { smallDomain, smallSizes } from "../small_domain.ts";

/** A system that is pre-trained, and one that is not. */
export const smallGrid: ComparisonOptions = {
  systems: ["SASRec", "UniSRec t"].map((name) => findSystem(name, "system")),
  targets: [{ ...smallDomain({ seed: 1 }), name: "Target" }],
  sources: [{ ...smallDomain({ seed: 5 }), name: "Source" }],
  settings: {
    sizes: { ...smallSizes, experts: 2 },
    training: { learningRate: 1e-3, batchSize: 64, epochs: 3, patience: 3 },
    pretraining: { learningRate: 1e-3, batchSize: 64, epochs: 2, patience: 2 },
    pretrainingEpochsOf: {},
    learningRates: [1e-3, 3e-3],
    hiddenSizes: [smallSizes.hiddenSize],
    whiteningSize: 8,
    seeds: [1],
    runs: null,
  },
  seeds: [1],
};

/** Lists a grid whose results go to a folder of runs, and returns the list's folder. */
export function listGrid(runs: string, changed: Partial<ComparisonOptions> = {}): Promise<string> {
  return listComparison({ ...smallGrid, ...changed }, {
    lists: `${runs}/lists`,
    label: "small",
    runs,
    engineName: "onnx-cpu",
  });
}

/** Returns what decides every number of a comparison's tables. */
export function measured({ results }: Awaited<ReturnType<typeof runComparison>>) {
  return results.map(({ experiment, ranks, bestEpoch, curve }) => ({
    experiment,
    ranks,
    bestEpoch,
    curve: curve.map(({ loss, parts, metric }) => ({ loss, parts, metric })),
  }));
}
