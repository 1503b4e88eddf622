import type { FeatureTable } from "../../data/domain.ts";
import { type Arrays, sizeOf } from "../../engine/array_spec.ts";
import type { Engine } from "../../engine/program.ts";
import { CheckpointError, DataError } from "../../errors.ts";
import {
  adaptItems,
  type AdaptorConfig,
  adaptorSpecs,
  defaultAdaptorConfig,
  gateWeights,
} from "../../nn/moe_adaptor.ts";
import type { Network } from "../neural/neural_recommender.ts";
import { parameterInputs, parametersOf, stepNames } from "../../training/step.ts";

const kernelName = "adaptor.experts.kernel";

/** What a trained adaptor makes of items. */
export interface AdaptedItems {
  /** Universal item representations, `[items, hidden]`. */
  items: FeatureTable;
  /** How much each expert counts for each item; each row sums to 1. `[items, experts]` */
  gates: FeatureTable;
}

/**
 * Returns the configuration of a model's adaptor.
 *
 * @throws {CheckpointError} if the model has none
 */
export function adaptorOf({ model: { name, config, parameters } }: Pick<Network, "model">): AdaptorConfig {
  if (kernelName in parameters) {
    const names = Object.keys(defaultAdaptorConfig) as (keyof AdaptorConfig)[];
    const own = Object.fromEntries(names.map((name) => [name, config[name]]));
    return { ...defaultAdaptorConfig, ...own };
  }
  throw new CheckpointError({
    where: name,
    expected: "a model with UniSRec's adaptor",
    found: "one without",
    advice: "Look into the adaptor of UniSRec t or UniSRec t+ID.",
  });
}

/**
 * Runs a trained adaptor over items: those it was trained with, or any others whose texts were encoded alike.
 *
 * @param parameters of a trained UniSRec, by name
 * @param config of its adaptor
 * @throws {DataError} if the features have another width than the adaptor reads
 * @throws {CheckpointError} if the parameters are not those of such an adaptor
 */
export async function adaptedItems(
  engine: Engine,
  parameters: Arrays,
  config: AdaptorConfig,
  features: FeatureTable,
): Promise<AdaptedItems> {
  const { featureSize, experts } = config;
  if (features.width !== featureSize) {
    throw new DataError({
      where: "text features",
      expected: `${featureSize} numbers per item, as the adaptor reads them`,
      found: String(features.width),
      advice: "Encode the items as those that the adaptor was trained with.",
    });
  }
  const hiddenSize = (parameters[kernelName]?.length ?? 0) / (featureSize * experts);
  const specs = adaptorSpecs(config, hiddenSize);
  for (const [name, { shape }] of Object.entries(specs)) {
    if (hiddenSize >= 1 && parameters[name]?.length === sizeOf(shape)) continue;
    throw new CheckpointError({
      where: `parameter ${name}`,
      expected: `the size that ${experts} experts and ${featureSize} features need`,
      found: parameters[name] ? `${parameters[name].length} numbers` : "none",
      advice: "Give the adaptor's configuration as it was trained.",
    });
  }
  const { rows, values } = features;
  const program = await engine.compile((inputs) => {
    const ours = parametersOf(specs, inputs);
    return {
      items: adaptItems(inputs.features, ours, config, null),
      gates: gateWeights(inputs.features, ours, null),
    };
  }, { ...parameterInputs(specs), features: { shape: [rows, featureSize], type: "float32" } });
  try {
    const given = Object.keys(specs).map((name) => [stepNames.parameter(name), parameters[name]]);
    const { items, gates } = await program.run({ ...Object.fromEntries(given), features: values });
    return {
      items: { values: items as Float32Array, rows, width: hiddenSize },
      gates: { values: gates as Float32Array, rows, width: experts },
    };
  } finally {
    await program.release();
  }
}

/**
 * Returns the parameters of an adaptor that has one of the experts only: its parametric whitening, without a mixture.
 *
 * @param expert counted from 0
 */
export function singleExpert(parameters: Arrays, config: AdaptorConfig, expert: number): Arrays {
  const { featureSize, experts } = config;
  /** Takes the expert's part of every row of an array that has `rows` rows, with the experts side by side in each. */
  const part = (name: string, rows: number) => {
    const values = parameters[name] as Float32Array;
    const size = values.length / (rows * experts);
    return Float32Array.from(
      { length: rows * size },
      (_, at) => values[(Math.floor(at / size) * experts + expert) * size + at % size],
    );
  };
  return Object.fromEntries(
    Object.keys(adaptorSpecs(config, 1)).map((name) => [
      name,
      part(name, name === "adaptor.experts.bias" ? 1 : featureSize),
    ]),
  );
}

/** Returns the mean weight of each expert over all items. `[experts]` */
export function meanGates({ gates: { values, rows, width } }: AdaptedItems): Float64Array {
  const means = new Float64Array(width);
  values.forEach((value, at) => means[at % width] += value / rows);
  return means;
}
