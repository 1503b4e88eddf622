// The authors' checkpoints: a zip archive of a pickle and of numbers.
import assert from "node:assert/strict";
import { readReferenceCheckpoint } from "../../../lib/files/pytorch/reference_checkpoint.ts";
import { type FloatTensors, toReferenceNames } from "../../../lib/files/pytorch/reference_names.ts";
import {
  pickle,
  stateDictionary,
  tensor,
  type TensorNode,
  torchSave,
  writeArchive,
} from "../../../lib/files/pytorch/test_helpers.ts";
import { unpickle } from "../../../lib/files/pytorch/unpickle.ts";
import { initialiseParameters } from "../../../lib/nn/parameters.ts";
import { createGenerator } from "../../../lib/random.ts";
import { createUniSRec } from "../../../lib/systems/unisrec/model.ts";
import type { FuzzReader } from "../reader.ts";

const model = createUniSRec(5, {
  hiddenSize: 4,
  innerSize: 4,
  featureSize: 3,
  experts: 2,
  maxLength: 3,
  layers: 1,
});
const arrays = initialiseParameters(model.parameters, createGenerator(5));
const parameters: FloatTensors = Object.fromEntries(
  Object.entries(model.parameters).map(([name, { shape }]) => [
    name,
    { shape: [...shape], values: Float32Array.from(arrays[name]) },
  ]),
);
const state = stateDictionary(Object.fromEntries(
  Object.entries(toReferenceNames(parameters, "the model")).map(([name, values]) => [name, tensor(values)]),
));

const archives: FuzzReader = {
  name: "PyTorch archives",
  async open(folder) {
    await torchSave(`${folder}/model.pth`, state);
    return {
      originals: [{ "model.pth": await Deno.readFile(`${folder}/model.pth`) }],
      async read(folder) {
        const read = await readReferenceCheckpoint(`${folder}/model.pth`);
        assert.deepEqual(read, { parameters, skipped: [] });
      },
    };
  },
};

const storages: TensorNode[] = [];
const original = pickle(new Map([["state_dict", state], ["epoch", 3]]), storages);
const numbers = Object.fromEntries(storages.map(({ bytes }, key) => [`data/${key}`, bytes]));

const pickles: FuzzReader = {
  name: "pickles",
  open: () =>
    Promise.resolve({
      originals: [{ "data.pkl": original }],
      async read(folder) {
        unpickle(await Deno.readFile(`${folder}/data.pkl`), "data.pkl");
      },
    }),
};

const archivedPickles: FuzzReader = {
  name: "archived pickles",
  open: (work) =>
    Promise.resolve({
      originals: [{ "data.pkl": original }],
      async read(folder) {
        const path = `${work}/model.pth`;
        await writeArchive(path, { "data.pkl": await Deno.readFile(`${folder}/data.pkl`), ...numbers });
        const { parameters } = await readReferenceCheckpoint(path);
        for (const { shape, values } of Object.values(parameters)) {
          assert.equal(values.length, shape.reduce((a, b) => a * b, 1));
          assert(values.every(Number.isFinite));
        }
      },
    }),
};

export const pytorchReaders = [archives, pickles, archivedPickles];
