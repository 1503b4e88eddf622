import assert from "node:assert/strict";
import { notAsked } from "../../data/split.ts";
import { unpackArchive } from "../../experiments/archives.ts";
import { type KeptResult, listResults } from "../../experiments/list_results.ts";
import { resultOf } from "../../experiments/test_helpers.ts";
import { figuresFolder } from "../../figures/output/place.ts";
import { toCsv } from "../../figures/output/table.ts";
import { findNumbers, tablesOfResults } from "./kept_tables.ts";

function kept(system: string, learningRate: number, ranks: [number, number], more: object = {}): KeptResult {
  const stage = { dataset: "Small", learningRate, ...more };
  const settings = { name: system, dataset: "Small", stages: [stage] };
  return { ...resultOf(system, learningRate, ranks), settings, code: "abc", file: "x.json" };
}

const results = [
  kept("UniSRec t", 0.001, [0, 1]),
  kept("SASRec", 0.001, [5, 0]),
  kept("SASRec", 0.003, [2, 3]),
  kept("Mine", 0.001, [9, 9]),
];

Deno.test("kept results alone make the tables: settings chosen on validation items, systems in their order", async () => {
  const { tables, rows, systemOf } = await tablesOfResults(results);
  assert.deepEqual([...systemOf.keys()], ["SASRec", "UniSRec t, from scratch", "Mine"]);
  assert.deepEqual(Object.keys(tables), ["table-3", "table-beyond", "table-search", "table-cost"]);
  const ndcg = rows.find(({ metric }) => metric === "NDCG@10")!.scores;
  assert.ok(Math.abs(ndcg[0].value - 39 / 40 / Math.log2(5)) < 1e-12); // rank 3, of the learning rate that validates best
  const models = toCsv(tables["table-3"]).trim().split("\n").slice(1).map((line) =>
    line.match(/,("[^"]*"|[^,]*)/)![1]
  );
  assert.deepEqual(new Set(models), new Set(["SASRec", '"UniSRec t, from scratch"'])); // no place in Table 3 for Mine
});

Deno.test("the split is what is kept of the users, else by time where somebody was not asked", async () => {
  const none = new Int32Array(40);
  const users = {
    dataset: "Small",
    split: "by moon",
    popularity: none,
    historyLengths: none,
    seenTogether: none,
  };
  const captionOf = async (...given: Parameters<typeof tablesOfResults>) =>
    (await tablesOfResults(...given)).tables["table-3"].caption;
  assert.match(await captionOf(results), /Split: leave-one-out\./);
  assert.match(await captionOf(results, [users]), /Split: by moon\./);
  const byTime = results.map((result) => {
    const test = result.ranks.test.slice();
    test[7] = notAsked;
    return { ...result, ranks: { ...result.ranks, test } };
  });
  assert.match(await captionOf(byTime), /Split: by time\./);
});

Deno.test("seeds come in their order, whatever their files are called", async () => {
  const seeds = [3, 1, 2].map((seed) => {
    const result = kept("SASRec", 0.001, [0, 0], { seed });
    return { ...result, experiment: { ...result.experiment, seed } };
  });
  const { chosen: [{ results: inOrder }] } = await tablesOfResults(seeds);
  assert.deepEqual(inOrder.map(({ experiment }) => experiment.seed), [1, 2, 3]);
});

Deno.test("without results there are no tables", async () => {
  assert.deepEqual((await tablesOfResults([])).tables, {});
});

Deno.test("saved numbers are found, under a system's own name too, and those that nothing gives are told", async () => {
  const made = await tablesOfResults(results);
  const own = toCsv(made.tables["table-3"]);
  assert.deepEqual(findNumbers(own, made), { numbers: 8, same: 8, lacking: [] });
  const renamed = own.replaceAll('"UniSRec t, from scratch"', "UniSRec t");
  assert.deepEqual(findNumbers(renamed, made), { numbers: 8, same: 8, lacking: [] });
  const others = "dataset,model,metric,value\nSmall,SASRec,NDCG@10,0.5\nSmall,FDSA,NDCG@10,0.4\n";
  assert.deepEqual(findNumbers(others, made), { numbers: 2, same: 0, lacking: ["SASRec", "FDSA"] });
  const beyond = findNumbers(toCsv(made.tables["table-beyond"]), made);
  assert.deepEqual(beyond, { numbers: 12, same: 12, lacking: [] });
});

for (const profile of ["Pantry", "OR"]) {
  Deno.test(`every number of Table 3 on ${profile} is made anew from its archive`, async () => {
    const runs = await Deno.makeTempDir();
    try {
      await unpackArchive(`${figuresFolder}${profile}/results.tar.gz`, runs);
      const made = await tablesOfResults((await listResults(runs)).results);
      const saved = await Deno.readTextFile(`${figuresFolder}${profile}/table-3.csv`);
      const { numbers, same, lacking } = findNumbers(saved, made);
      assert.ok(numbers >= 36);
      assert.deepEqual([same, lacking], [numbers, []]);
    } finally {
      await Deno.remove(runs, { recursive: true });
    }
  });
}
