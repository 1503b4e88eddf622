import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import type { Domain } from "../../data/domain.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { createCcdr } from "./model.ts";
import { loadPretrained, savePretrained } from "../../files/pretrained_file.ts";
import { type PretrainingOptions, runPretraining } from "../pretraining/pretraining.ts";
import { planCcdr } from "./pretrain.ts";
import { trainModel } from "../neural/train_model.ts";

const engine = createOnnxEngine({ threads: 1 });
const kinds = ["tent", "lamp", "guitar", "kettle", "pencil", "helmet"];

/** Gives every item the name of a kind: neighbours have the same one. */
function withKinds<D extends Domain>(domain: D): D & { itemTexts: string[] } {
  const count = domain.itemIds.length;
  return {
    ...domain,
    itemTexts: domain.itemIds.map((_, item) => `A ${kinds[Math.floor(item * kinds.length / count)]}, new`),
  };
}

const source = { ...withKinds(smallDomain({ users: 60 })), name: "Source" };
const target = withKinds(smallDomain({ items: 24, users: 40, seed: 9 }));
const options: PretrainingOptions = { learningRate: 1e-2, batchSize: 64, epochs: 12, patience: 12, seed: 1 };

/** Mean cosine of the embeddings of items of one kind in both domains, less that of items of different kinds. */
function affinity(embedding: ArrayLike<number>): number {
  const width = smallSizes.hiddenSize;
  const vectorOf = (item: number) => Array.from({ length: width }, (_, i) => embedding[item * width + i]);
  const product = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const sums = { same: [0, 0], other: [0, 0] };
  source.itemTexts.forEach((text, item) =>
    target.itemTexts.forEach((otherText, other) => {
      const [a, b] = [vectorOf(item), vectorOf(source.itemIds.length + other)];
      const sum = sums[text === otherText ? "same" : "other"];
      sum[0] += product(a, b) / Math.sqrt(product(a, a) * product(b, b));
      sum[1]++;
    })
  );
  return sums.same[0] / sums.same[1] - sums.other[0] / sums.other[1];
}

/** Pre-trains CCDR on sources and a target. */
const pretrain = async (target: Domain, sources: readonly Domain[], options: PretrainingOptions) =>
  await runPretraining(engine, planCcdr(sources, smallSizes, options, target));

const trained = await pretrain(target, [source], options);

Deno.test("the inter-domain contrast pulls items of one tag together, and without it they stay apart", async () => {
  const without = await pretrain(target, [source], {
    ...options,
    tasks: { interDomain: 0 },
  });
  const [pulled, apart] = [trained, without].map(({ parameters }) => affinity(parameters["items.embedding"]));
  assert.ok(pulled > 0.2, `${pulled}`);
  assert.ok(Math.abs(apart) < 0.1, `${apart}`);
});

Deno.test("every task is learnt, and the target's next item far beyond chance before any fine-tuning", () => {
  const [first, last] = [trained.curve[0].parts, trained.curve.at(-1)!.parts];
  for (const task of ["nextItem", "intraDomain", "interDomain"]) {
    assert.ok(last[task] < 0.7 * first[task], `${task}: ${first[task]} → ${last[task]}`);
  }
  assert.ok(trained.best.metric! > 0.6, `NDCG@10 ${trained.best.metric}`);
});

Deno.test("fine-tuning starts from the target's part, as saved, and the model card says what it is", () =>
  withTemporaryFolder(async (folder) => {
    const model = createCcdr(target.itemIds.length, smallSizes);
    await savePretrained(`${folder}/model.safetensors`, trained.pretrained);
    const start = await loadPretrained(`${folder}/model.safetensors`);
    const first = source.itemIds.length * smallSizes.hiddenSize;
    assert.deepEqual(
      start.tensors["items.embedding"].values,
      trained.parameters["items.embedding"].slice(first),
    );
    const { valid } = await trainModel(engine, model, target, { ...options, epochs: 1, start });
    const scratch = await trainModel(engine, model, target, { ...options, epochs: 1 });
    assert.ok(valid.means["NDCG@10"] > 1.3 * scratch.valid.means["NDCG@10"]);
    const { domains, result, training } = start.card!;
    assert.deepEqual(domains.map(({ name, itemsWithTags }) => [name, itemsWithTags]), [
      ["Source", 30],
      ["Small", 24],
    ]);
    assert.deepEqual(result.interDomain, { tags: kinds.length, domains: [["Source", "Small"]] });
    assert.deepEqual([result.bestEpoch, result["NDCG@10"]], [trained.best.epoch, trained.best.metric]);
    assert.equal(training.seed, 1);
  }));

Deno.test("where a domain has no texts the inter-domain contrast is left out, and that is said", async () => {
  const silent = { ...target, itemTexts: null };
  const { curve, pretrained } = await pretrain(silent, [source], {
    ...options,
    epochs: 1,
  });
  assert.deepEqual(Object.keys(curve[0].parts), ["nextItem", "intraDomain"]);
  assert.match(JSON.stringify(pretrained.card?.result.interDomain), /no two domains have item texts/);
});

Deno.test("a run interrupted within an epoch goes on to the same parameters; other tags are another run", () =>
  withTemporaryFolder(async (runs) => {
    const short = { ...options, epochs: 2, checkpointMinutes: 0 };
    const whole = await pretrain(target, [source], short);
    const stop = new Error("interrupted");
    const observer = {
      step({ epoch, batch }: { epoch: number; batch: number }) {
        if (epoch === 1 && batch === 2) throw stop;
      },
    };
    const interrupted = pretrain(target, [source], { ...short, runs, observer });
    await assert.rejects(interrupted, stop);
    const resumed = await pretrain(target, [source], { ...short, runs });
    assert.deepEqual(resumed.pretrained, whole.pretrained);
    const others = { ...source, itemTexts: source.itemTexts.toReversed() };
    await pretrain(target, [others], { ...short, epochs: 1, runs });
    assert.equal(Array.from(Deno.readDirSync(runs)).length, 2);
  }));

Deno.test("bad input is refused by name", async () => {
  const refuse = (domain: Domain, tasks: PretrainingOptions["tasks"], message: RegExp) =>
    assert.rejects(pretrain(domain, [source], { ...options, tasks }), { message });
  await refuse({ ...target, name: "Source" }, {}, /found Source, Source/);
  await refuse(target, { temperature: 0 }, /^tasks: .* temperature 0/);
  const only = { nextItem: 0, intraDomain: 0 };
  await refuse(target, only, /^tasks: expected .* nextItem or intraDomain above/); // the encoder would learn nothing
  await refuse({ ...target, itemTexts: null }, only, /^tasks: .* interDomain 0/);
  const short = { items: Int32Array.of(1, 2, 3), offsets: Int32Array.of(0, 3) };
  await refuse({ ...target, sequences: short }, {}, /training sequences of Small/);
});
