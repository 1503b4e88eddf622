import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { type FloatTensors, toReferenceNames } from "./reference_names.ts";
import { createUniSRec } from "../../systems/unisrec/model.ts";
import { initialiseParameters } from "../../nn/parameters.ts";
import { createGenerator } from "../../random.ts";
import { call, dictionary, type PythonObject, stateDictionary, tensor, torchSave } from "./test_helpers.ts";
import { readReferenceCheckpoint } from "./reference_checkpoint.ts";

const model = createUniSRec(9, { hiddenSize: 4, innerSize: 5, featureSize: 6, experts: 3, maxLength: 7 });
const arrays = initialiseParameters(model.parameters, createGenerator(5));
const parameters: FloatTensors = Object.fromEntries(
  Object.entries(model.parameters).map(([name, { shape }]) => [
    name,
    { shape: [...shape], values: Float32Array.from(arrays[name]) },
  ]),
);

/** The model's tensors as the authors' code names them. */
const tensors: Record<string, PythonObject> = Object.fromEntries(
  Object.entries(toReferenceNames(parameters, "the model")).map(([name, values]) => [name, tensor(values)]),
);
const embedding = tensor({ shape: [10, 4], values: new Float32Array(40) });

/** What RecBole saves around the tensors. */
function recBoleCheckpoint(state: PythonObject): PythonObject {
  const attributes = dictionary({
    model_class: { kind: "name", name: "unisrec.UniSRec" },
    final_config_dict: dictionary({
      MODEL_TYPE: call("recbole.utils.enum_type.ModelType", 2),
      device: call("torch.device", "cuda"),
    }),
  });
  return dictionary({
    config: { kind: "object", className: "recbole.config.configurator.Config", attributes },
    epoch: 299,
    state_dict: state,
    optimizer: dictionary({
      state: dictionary({ exp_avg: embedding }),
      param_groups: [dictionary({ lr: 1e-3 })],
    }),
    other_parameter: new Map(),
  });
}

async function assertRefused(saved: PythonObject, message: RegExp) {
  await withTemporaryFolder(async (folder) => {
    await torchSave(`${folder}/model.pth`, saved);
    await assert.rejects(readReferenceCheckpoint(`${folder}/model.pth`), {
      name: "CheckpointError",
      message,
    });
  });
}

for (
  const [what, saved] of [
    ["a checkpoint of RecBole", recBoleCheckpoint(stateDictionary(tensors))],
    ["a state dictionary alone", stateDictionary(tensors)],
  ] as const
) {
  Deno.test(`${what} gives the parameters that fine-tuning starts from`, () =>
    withTemporaryFolder(async (folder) => {
      await torchSave(`${folder}/model.pth`, saved);
      const read = await readReferenceCheckpoint(`${folder}/model.pth`);
      assert.deepEqual(read, { parameters, skipped: [] });
    }));
}

Deno.test("embeddings of one data set's items are left out, and named", () =>
  withTemporaryFolder(async (folder) => {
    const state = { ...tensors, "item_embedding.weight": embedding, "plm_embedding.weight": embedding };
    await torchSave(`${folder}/model.pth`, recBoleCheckpoint(stateDictionary(state)));
    assert.deepEqual(await readReferenceCheckpoint(`${folder}/model.pth`), {
      parameters,
      skipped: ["item_embedding.weight", "plm_embedding.weight"],
    });
  }));

Deno.test("a foreign class is refused by name, also far from the tensors", async () => {
  const message = /model\.pth, byte \d+ of its pickle: .* found the Python name subprocess\.Popen\./;
  await assertRefused(
    recBoleCheckpoint(stateDictionary({ ...tensors, x: call("subprocess.Popen", "true") })),
    message,
  );
  await assertRefused(
    [recBoleCheckpoint(stateDictionary(tensors)), call("subprocess.Popen", "true")],
    message,
  );
});

Deno.test("among the tensors even RecBole's classes are refused", async () => {
  const state = stateDictionary({ ...tensors, "LayerNorm.bias": call("torch.device", "cuda") });
  await assertRefused(recBoleCheckpoint(state), /LayerNorm\.bias: expected a tensor, .* class torch\.device/);
  await assertRefused(
    recBoleCheckpoint(call("torch.device", "cuda")),
    /a dictionary of tensors, .* torch\.device/,
  );
});

Deno.test("names that DistributedDataParallel, torch.compile and Lightning put before all others are taken off", () =>
  withTemporaryFolder(async (folder) => {
    const tensors = {
      "position_embedding.weight": embedding,
      "LayerNorm.bias": { ...embedding, shape: [16], strides: [1] },
    };
    for (const prefix of ["", "module.", "_orig_mod.", "model.", "module._orig_mod."]) {
      const named = Object.fromEntries(
        Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]),
      );
      await torchSave(`${folder}/model.pth`, stateDictionary(named));
      const { parameters } = await readReferenceCheckpoint(`${folder}/model.pth`);
      assert.deepEqual(Object.keys(parameters).sort(), ["input.norm.bias", "positions.embedding"], prefix);
    }
  }));

Deno.test("RecBole's own checkpoint with its model's class, NumPy's and the optimiser's is read", () =>
  withTemporaryFolder(async (folder) => {
    const config: PythonObject = {
      kind: "object",
      className: "recbole.config.configurator.Config",
      attributes: dictionary({
        model_class: { kind: "name", name: "recbole.model.sequential_recommender.sasrec.SASRec" },
        best: call("numpy._core.multiarray.scalar", 1),
      }),
    };
    const other = call("recbole.data.dataset.sequential_dataset.SequentialDataset");
    const counter = { ...embedding, type: "LongStorage" };
    const saved = stateDictionary({ "position_embedding.weight": embedding, "steps": counter });
    await torchSave(`${folder}/model.pth`, dictionary({ config, other_parameter: other, state_dict: saved }));
    const { parameters, skipped } = await readReferenceCheckpoint(`${folder}/model.pth`);
    assert.deepEqual([Object.keys(parameters), skipped], [["positions.embedding"], ["steps"]]);
  }));

Deno.test("what holds no tensors of these models is refused", async () => {
  await assertRefused(stateDictionary({}), /a dictionary of tensors, but found a dictionary of 0/);
  await assertRefused([1, 2], /a dictionary of tensors, but found a list or tuple of 2/);
  await assertRefused(stateDictionary({ "gru.bias": embedding }), /UniSRec or SASRec, but found gru\.bias/);
  await assertRefused(new Map([[1, embedding]]), /tensors by name, but found 1/);
});

Deno.test("a tensor that cannot be used is named", async () => {
  const short = { ...embedding, length: 50, shape: [50], strides: [1] };
  await assertRefused(
    stateDictionary({ "LayerNorm.bias": short }),
    /LayerNorm\.bias, data\/0: expected 200 bytes/,
  );
});
