// The random numbers of one training step of UniSRec t+ID with Scientific's sizes:
//   deno bench -P tests/bench/noise_bench.ts
import { drawNoise, type NoiseSpec } from "../../lib/engine/noise.ts";
import { createGenerator } from "../../lib/random.ts";

const [items, features, experts, slots, hiddenSize] = [4385, 768, 8, 2100, 300];
const dropoutMask = { kind: "keep", type: "uint8", keepProbability: 0.5 } as const;
const adaptorMask: NoiseSpec = { ...dropoutMask, name: "features", shape: [items, features] };
const encoderMask: NoiseSpec = { ...dropoutMask, name: "hidden", shape: [slots, hiddenSize] };
const gateNoise: NoiseSpec = { kind: "normal", name: "gate", type: "float32", shape: [items, experts] };

const generator = createGenerator(1);
Deno.bench("dropout mask of all items' features", () => void drawNoise([adaptorMask], generator));
Deno.bench("dropout mask of a batch's hidden states", () => void drawNoise([encoderMask], generator));
Deno.bench("gate noise of all items", () => void drawNoise([gateNoise], generator));
