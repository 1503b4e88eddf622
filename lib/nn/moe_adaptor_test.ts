import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import {
  assertGradients,
  assertResult,
  evaluate,
  type Given,
  type Point,
  randomFloats,
} from "../../tests/check_gradients.ts";
import { engines } from "../../tests/compare_engines.ts";
import { dropout } from "./dropout.ts";
import {
  adaptItems,
  type AdaptorConfig,
  adaptorSpecs,
  defaultAdaptorConfig,
  gateWeights,
} from "./moe_adaptor.ts";

const items = 3;
const hiddenSize = 2;
const variants: AdaptorConfig[] = [
  { whitening: "parametric", gateNoise: true, adaptorMasks: "one" } as const,
  { whitening: "linear", gateNoise: false, adaptorMasks: "one" } as const,
  { whitening: "parametric", gateNoise: true, adaptorMasks: "one", experts: 1 } as const,
  { whitening: "parametric", gateNoise: true, adaptorMasks: "each" } as const,
].map((own) => ({ featureSize: 4, experts: 3, adaptorDropout: 0.25, ...own }));
const nameOf = ({ experts, whitening, gateNoise, adaptorMasks }: AdaptorConfig) =>
  `${experts} experts, ${whitening} whitening, ${
    gateNoise ? "noisy" : "exact"
  } gate, ${adaptorMasks} dropout`;

function variablesOf(config: AdaptorConfig): Record<string, Given> {
  const specs = Object.entries(adaptorSpecs(config, hiddenSize));
  return {
    features: randomFloats([items, config.featureSize]),
    ...Object.fromEntries(specs.map(([name, { shape }], seed) => [name, randomFloats([...shape], seed + 2)])),
  };
}

const adapt = (config: AdaptorConfig): Point["compute"] => ({ features, ...parameters }, noise) =>
  adaptItems(features, parameters, config, noise);

const adaptExactly = (config: AdaptorConfig): Point["compute"] => ({ features, ...parameters }) =>
  adaptItems(features, parameters, config, null);

/** Eqs. 2 to 4 expert by expert in double precision. */
function adaptPlainly({ featureSize, experts, whitening }: AdaptorConfig): number[] {
  const { features, ...parameters } = variablesOf({ ...variants[0], featureSize, experts, whitening });
  const [kernel, bias, gate] = ["experts.kernel", "experts.bias", "gate.kernel"].map((name) =>
    parameters[`adaptor.${name}`].values
  );
  const sum = (count: number, term: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => term(i)).reduce((total, value) => total + value, 0);
  return Array.from({ length: items * hiddenSize }, (_, at) => {
    const [item, column] = [Math.floor(at / hiddenSize), at % hiddenSize];
    const feature = (i: number) => features.values[item * featureSize + i];
    const gates = Array.from(
      { length: experts },
      (_, expert) => Math.exp(sum(featureSize, (i) => feature(i) * gate[i * experts + expert])),
    );
    const total = gates.reduce((a, b) => a + b);
    return sum(experts, (expert) => {
      const weight = (i: number) => kernel[i * experts * hiddenSize + expert * hiddenSize + column];
      const whitened = whitening === "parametric"
        ? sum(featureSize, (i) => (feature(i) - bias[expert * featureSize + i]) * weight(i))
        : sum(featureSize, (i) => feature(i) * weight(i)) - bias[expert * hiddenSize + column];
      return gates[expert] / total * whitened;
    });
  });
}

for (const config of variants) {
  Deno.test(`the adaptor (${nameOf(config)}) equals the paper's equations in double precision`, () =>
    assertResult({ variables: variablesOf(config), compute: adaptExactly(config) }, adaptPlainly(config)));

  Deno.test(`the adaptor's gradients (${nameOf(config)}) equal central differences, with dropout`, () =>
    assertGradients({ variables: variablesOf(config), compute: adapt(config) }));
}

Deno.test("gate weights are positive and sum to 1; noise changes them, and without noise they are exact", async () => {
  const variables = variablesOf(variants[0]);
  const gates = (exact: boolean): Point["compute"] => ({ features, ...parameters }, noise) =>
    gateWeights(features, parameters, exact ? null : noise);
  for (const engine of Object.values(engines)) {
    const noisy = await evaluate({ variables, compute: gates(false) }, engine);
    const exact = await evaluate({ variables, compute: gates(true) }, engine);
    for (const weights of [noisy, exact]) {
      for (let item = 0; item < items; item++) {
        const row = Array.from(weights.subarray(3 * item, 3 * item + 3));
        assert.ok(row.every((weight) => weight > 0));
        assert.ok(Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-6);
      }
    }
    assert.notDeepEqual(noisy, exact);
    assert.deepEqual(await evaluate({ variables, compute: gates(true) }, engine), exact);
  }
});

Deno.test("the adaptor's parameters have the reference's sizes and start with an even gate", () => {
  const specs = adaptorSpecs(defaultAdaptorConfig, 300);
  assert.deepEqual(specs["adaptor.experts.kernel"], { shape: [768, 2400], initial: "normal" });
  assert.deepEqual(specs["adaptor.experts.bias"], { shape: [8, 768], initial: "zeros" });
  for (const name of ["adaptor.gate.kernel", "adaptor.noise.kernel"]) {
    assert.deepEqual(specs[name], { shape: [768, 8], initial: "zeros" });
  }
  const exact = adaptorSpecs({ ...defaultAdaptorConfig, gateNoise: false }, 300);
  assert.ok(!("adaptor.noise.kernel" in exact));
  const linear = adaptorSpecs({ ...defaultAdaptorConfig, whitening: "linear" }, 300);
  assert.deepEqual(linear["adaptor.experts.bias"].shape, [8, 300]);
});

Deno.test("with one mask equal experts are one expert, with a mask each their mean; in evaluation all is the same", async () => {
  const [one, each] = [variants[0], variants[3]];
  const equal = variablesOf(one);
  const kernel = equal["adaptor.experts.kernel"].values as Float32Array;
  // every expert has the first one's kernel, no bias and an even gate
  for (let at = 0; at < kernel.length; at++) {
    kernel[at] = kernel[at - at % (3 * hiddenSize) + at % hiddenSize];
  }
  for (const name of ["experts.bias", "gate.kernel", "noise.kernel"]) equal[`adaptor.${name}`].values.fill(0);
  const evenly = (config: AdaptorConfig) => adapt({ ...config, gateNoise: false });
  for (const engine of Object.values(engines)) {
    const together = await evaluate({ variables: equal, compute: evenly(one) }, engine);
    const apart = await evaluate({ variables: equal, compute: evenly(each) }, engine);
    assert.ok(together.some((value, at) => Math.abs(value - apart[at]) > 1e-3));
    const single = evaluate({
      variables: equal,
      compute: ({ features, "adaptor.experts.kernel": kernel }, noise) =>
        tf.matMul(dropout(features, one.adaptorDropout, noise), tf.slice(kernel, [0, 0], [4, hiddenSize])),
    }, engine);
    (await single).forEach((value, at) => assert.ok(Math.abs(value - together[at]) < 1e-5));
    const exact = await evaluate({ variables: equal, compute: adaptExactly(one) }, engine);
    assert.deepEqual(await evaluate({ variables: equal, compute: adaptExactly(each) }, engine), exact);
  }
});
