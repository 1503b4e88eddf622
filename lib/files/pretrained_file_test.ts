import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { createSasRec } from "../systems/sasrec/model.ts";
import { createUniSRec, type UniSRecConfig } from "../systems/unisrec/model.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator } from "../random.ts";
import { loadPretrained, type Pretrained, savePretrained, startingParameters } from "./pretrained_file.ts";
import { type SavedTensor, writeSafetensors } from "./safetensors.ts";

const sizes: Partial<UniSRecConfig> = {
  hiddenSize: 8,
  innerSize: 4,
  maxLength: 5,
  featureSize: 6,
  experts: 2,
};
const modelWith = (config: Partial<UniSRecConfig>) => createUniSRec(10, { ...sizes, ...config });

function pretrainedFor(model: ReturnType<typeof modelWith>): Pretrained {
  const arrays = initialiseParameters(model.parameters, createGenerator(1));
  const tensors = Object.entries(arrays).map(([name, values]): [string, SavedTensor] => [
    name,
    { shape: [...model.parameters[name].shape], values },
  ]);
  return {
    card: {
      model: model.config,
      encoder: "offline",
      domains: [{ name: "Games", users: 3 }],
      training: { seed: 1, learningRate: 1e-3 },
      result: { epoch: 2, losses: { sequenceItem: 4.5 } },
    },
    tensors: Object.fromEntries(tensors),
  };
}

const pretrained = pretrainedFor(modelWith({}));

/** The lines of the error that name a difference. */
function differences(
  start: Pretrained,
  model: Parameters<typeof startingParameters>[1],
  encoder = "offline",
): string[] {
  let found: string[] = [];
  assert.throws(() => startingParameters(start, model, encoder), (error: Error) => {
    assert.equal(error.name, "CheckpointError");
    found = error.message.split("\n  ").slice(1).map((line) => line.split("\n")[0]);
    return true;
  });
  return found;
}

Deno.test("a pre-trained model comes back from its file, with and without a card", () =>
  withTemporaryFolder(async (folder) => {
    for (const model of [pretrained, { ...pretrained, card: null }]) {
      await savePretrained(`${folder}/model.safetensors`, model);
      assert.deepEqual(await loadPretrained(`${folder}/model.safetensors`), model);
    }
  }));

Deno.test("it starts the same model; in the transductive setting the item embeddings are left to start anew", () => {
  for (const setting of ["inductive", "transductive"] as const) {
    const start = startingParameters(pretrained, modelWith({ setting }), "offline");
    assert.deepEqual(Object.keys(start).sort(), Object.keys(modelWith({}).parameters).sort());
    assert.equal(start["adaptor.experts.kernel"], pretrained.tensors["adaptor.experts.kernel"].values);
  }
});

Deno.test("a model of other sizes, experts or encoder is refused with every difference, saved beside expected", () => {
  const found = differences(
    pretrained,
    modelWith({ hiddenSize: 4, experts: 3, layers: 1 }),
    "bert-base-uncased",
  );
  assert.deepEqual(found.slice(0, 6), [
    "hiddenSize: saved 8, expected 4",
    "layers: saved 2, expected 1",
    "experts: saved 2, expected 3",
    'text encoder: saved "offline", expected "bert-base-uncased"',
    "adaptor.experts.kernel: saved [6, 16], expected [6, 12]",
    "adaptor.experts.bias: saved [2, 6], expected [3, 6]",
  ]);
  assert.ok(found.includes("encoder.layers.1.attention.query.bias: saved [8], expected none"));
  // nothing but the setting tells another number of heads
  assert.deepEqual(differences(pretrained, modelWith({ heads: 4 })), ["heads: saved 2, expected 4"]);
  assert.ok(differences(pretrained, createSasRec(10, { hiddenSize: 8 })).length > 3);
});

Deno.test("a transductive model does not start an inductive one, nor one of other items", () => {
  const transductive = pretrainedFor(modelWith({ setting: "transductive" }));
  assert.deepEqual(differences(transductive, modelWith({})), [
    "items.embedding: saved [10, 8], expected none",
  ]);
  assert.deepEqual(differences(transductive, createUniSRec(9, { ...sizes, setting: "transductive" })), [
    "items.embedding: saved [10, 8], expected [9, 8]",
  ]);
});

Deno.test("parameters without a card are judged by their shapes", () => {
  const start = { card: null, tensors: pretrained.tensors };
  assert.ok(startingParameters(start, modelWith({}), "anything"));
  assert.ok(differences(start, modelWith({ hiddenSize: 4 })).length > 10);
});

Deno.test("the authors' checkpoint starts a model of its sizes", async () => {
  const path = new URL("../../tests/pytorch/reference_checkpoint.pth", import.meta.url).pathname;
  const { card, tensors } = await loadPretrained(path);
  assert.equal(card, null);
  const [[maxLength, hiddenSize], [innerSize], [experts, featureSize]] = [
    "positions.embedding",
    "encoder.layers.0.feedForward.inner.bias",
    "adaptor.experts.bias",
  ].map((name) => tensors[name].shape);
  const layers = Object.keys(tensors).filter((name) => name.endsWith("query.bias")).length;
  const model = createUniSRec(5, { hiddenSize, innerSize, maxLength, featureSize, experts, layers });
  assert.equal(Object.keys(startingParameters({ card, tensors }, model)).length, Object.keys(tensors).length);
});

Deno.test("PyTorch's files are told by their first bytes, whatever they are called", () =>
  withTemporaryFolder(async (folder) => {
    const reference = await loadPretrained("tests/pytorch/reference_checkpoint.pth");
    for (const end of ["pt", "ckpt", "bin", "safetensors"]) {
      await Deno.copyFile("tests/pytorch/reference_checkpoint.pth", `${folder}/model.${end}`);
      assert.deepEqual(await loadPretrained(`${folder}/model.${end}`), reference);
    }
    await Deno.writeFile(
      `${folder}/old.pt`,
      Uint8Array.of(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20),
    );
    await assert.rejects(
      loadPretrained(`${folder}/old.pt`),
      /old\.pt: .* found the format before it\. Load the file/,
    );
    await assert.rejects(loadPretrained(`${folder}/none.ckpt`), /none\.ckpt: expected a PyTorch checkpoint/);
  }));

Deno.test("a damaged card is refused", () =>
  withTemporaryFolder(async (folder) => {
    const card = pretrained.card!;
    const faults: [string, RegExp][] = [
      ["{", /metadata "model card": expected JSON, but found "\{"/],
      ["[]", /metadata "model card": expected an object, but found \[\]/],
      ["null", /metadata "model card": expected an object, but found null/],
      ['{"model": {}}', /metadata "model card", encoder: expected a value, but found none/],
      [JSON.stringify({ ...card, encoder: 5 }), /"model card", encoder: expected a text, but found 5/],
      [
        JSON.stringify({ ...card, domains: [1] }),
        /"model card", domains\[0\]: expected an object, but found 1/,
      ],
      [JSON.stringify({ ...card, model: [] }), /"model card", model: expected an object, but found \[\]/],
    ];
    for (const [card, message] of faults) {
      await writeSafetensors(`${folder}/model.safetensors`, pretrained.tensors, { "model card": card });
      await assert.rejects(loadPretrained(`${folder}/model.safetensors`), {
        name: "CheckpointError",
        message,
      });
    }
  }));

Deno.test("parameters that other software made never read the offline encoder's vectors", () => {
  const foreign = { ...pretrained, card: null };
  const model = modelWith({});
  assert.deepEqual(differences(foreign, model), ['text encoder: saved "unknown", expected "offline"']);
  for (const encoder of [undefined, "language model 1f3870be274f"]) {
    assert.deepEqual(
      Object.keys(startingParameters(foreign, model, encoder)).sort(),
      Object.keys(model.parameters).sort(),
    );
  }
});
