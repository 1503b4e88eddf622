// FDSA against numbers that the authors' PyTorch code computed: outputs, loss, every gradient, three Adam steps.
//
// The authors' FDSA draws its table of text vectors anew, N(0, 0.02), when it initialises its parameters: its features
// are noise that no text enters, and not the `plm_embedding` that is stored with the numbers. Ours reads the texts. To
// compare, tests/golden/recover_fdsa_features.py finds the features from the reference's outputs and some gradients;
// its docstring says which. The loss, the other gradients and the steps are independent of that.
import type { Arrays } from "../lib/engine/array_spec.ts";
import { createFdsa } from "../lib/systems/fdsa/model.ts";
import { engines } from "./compare_engines.ts";
import { assertClose, flat, type GoldenModel, type GoldenTensors, readGolden, translate } from "./golden.ts";
import { goldenBatch } from "./golden_batch.ts";
import {
  assertLossAndGradients,
  assertThreeSteps,
  outputsOf,
  renamed,
  translateLinear,
} from "./golden_model.ts";

const golden = await readGolden<GoldenModel>("fdsa");
const { sizes, batch } = golden;
// the reference's padding item 0 is one more class, so here it is an item like others
const model = createFdsa(sizes.n_items, {
  hiddenSize: sizes.hidden,
  innerSize: sizes.inner,
  maxLength: sizes.max_len,
  dropout: 0,
  featureSize: sizes.plm,
});

/** Returns the parameters of one of the two encoders under our names. */
function encoderOf(tensors: GoldenTensors, stream: "item" | "feature"): Arrays {
  const theirs = `${stream}_trm_encoder.`;
  const encoder = translate(
    renamed(tensors, (name) => name.startsWith(theirs) ? name.slice(`${stream}_`.length) : null),
  );
  return Object.fromEntries(
    Object.entries(encoder).map(([name, values]) => [name.replace("encoder.", `${stream}Encoder.`), values]),
  );
}

const shared = /^(item_embedding|position_embedding|LayerNorm)\./;

function toOurs(tensors: GoldenTensors): Arrays {
  return {
    ...translate(renamed(tensors, (name) => shared.test(name) ? name : null)),
    ...encoderOf(tensors, "item"),
    ...encoderOf(tensors, "feature"),
    ...translateLinear(tensors, "adapter.mlp_layers.1", "features"),
    ...translateLinear(tensors, "concat_layer", "output"),
  };
}

const weights = toOurs(golden.weights);
const { specs, arrays } = goldenBatch(
  model,
  batch.item_id_list,
  batch.item_length,
  batch.item_id.map((target, row) => [row, batch.item_length[row] - 1, target]),
);
const features = flat(await readGolden<number[][]>("fdsa_features"));
const given = { specs, arrays: { ...arrays, features } };

for (const engine of Object.values(engines)) {
  Deno.test(`FDSA equals the reference on ${engine.name}: sequences and scores`, async () => {
    const { sequences, scores } = await outputsOf(engine, model, weights, given);
    assertClose(sequences, flat(golden.seq_output), "sequence output");
    assertClose(scores, flat(golden.scores), "scores");
  });

  Deno.test(`FDSA equals the reference on ${engine.name}: loss and every gradient`, () =>
    assertLossAndGradients(engine, model, weights, given, {
      loss: golden.loss,
      gradients: toOurs(golden.grads),
    }));

  Deno.test(`FDSA equals the reference on ${engine.name}: three Adam steps`, () => {
    // from the second step on, this gradient depends on more of the features than could be found
    const { "features.kernel": _, ...after } = toOurs(golden.adam3.after);
    const { losses } = golden.adam3;
    return assertThreeSteps(engine, model, weights, given, {
      losses,
      after,
      gradients: toOurs(golden.grads),
    });
  });
}
