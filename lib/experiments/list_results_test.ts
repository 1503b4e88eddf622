import assert from "node:assert/strict";
import { desc } from "arquero";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { compareResults, tableOfResults } from "./kept_table.ts";
import { notAsked } from "../data/split.ts";
import { listResults } from "./list_results.ts";
import { noteUnfinished, saveResult } from "./result_file.ts";
import { resultOf } from "./test_helpers.ts";

const identity = (name: string, code: string) => ({
  settings: { name, dataset: "Small", seed: 1 },
  code: code.repeat(16),
});

Deno.test("what experiments left is listed: finished, of other code, unfinished, damaged", () =>
  withTemporaryFolder(async (runs) => {
    assert.deepEqual(await listResults(runs), { results: [], unfinished: [], damaged: [] });
    const folder = `${runs}/experiments`;
    const result = resultOf("SASRec", 0.001, [2, 3]);
    await noteUnfinished(folder, identity("SASRec", "b"), result.experiment);
    await noteUnfinished(folder, identity("FDSA", "a"), { ...result.experiment, system: "FDSA" });
    await saveResult(folder, identity("SASRec", "a"), result);
    await new Promise((resolve) => setTimeout(resolve, 20)); // times of files tell which is newer
    await saveResult(folder, identity("SASRec", "b"), resultOf("SASRec", 0.001, [2, 1]));
    await Deno.writeTextFile(`${folder}/broken.json`, "{");
    const { results, unfinished, damaged } = await listResults(runs);
    assert.deepEqual(results.map(({ code, ofOtherCode }) => [code, ofOtherCode]), [
      ["aaaaaa", true],
      ["bbbbbb", false],
    ]);
    assert.deepEqual(unfinished.map(({ system }) => system), ["FDSA"]);
    assert.match(damaged.join(), /broken\.json/);
  }));

Deno.test("kept runs are compared with the best of their data set, user by user", () => {
  const kept = [[0, 3], [0, 1], [0, 1]].map((ranks, at) => ({
    ...resultOf("A", 0.001, ranks as [number, number], at),
    file: `${at}.json`,
    code: "abcdef",
    settings: {},
  }));
  const table = tableOfResults(kept, "NDCG@5").orderby(desc("test NDCG@5"));
  const compared = compareResults(table, kept, "NDCG@5");
  assert.deepEqual(compared.array("run"), [1, 2, 0]);
  const [best, alike, worse] = compared.array("against best") as (number | null)[];
  assert.deepEqual([best, alike], [null, 0]);
  assert.ok(worse! < 0);
  assert.equal(compared.array("p")[1], 1);
  assert.ok(compared.columnNames().includes("code"));
});

Deno.test("of data that are split by time only those count who are asked, and other splits are not compared", () => {
  const kept = [[0, 3], [0, 1], [0, 0]].map((ranks, at) => ({
    ...resultOf("A", 0.001, ranks as [number, number], at),
    file: `${at}.json`,
    code: "abcdef",
    settings: {},
  }));
  const differenceOf = (asked: (run: number, user: number) => boolean) => {
    const results = kept.map((result, run) => ({
      ...result,
      ranks: {
        ...result.ranks,
        test: result.ranks.test.map((rank, user) => asked(run, user) ? rank : notAsked),
      },
    }));
    return compareResults(tableOfResults(results, "Recall@2"), results, "Recall@2").array("against best");
  };
  // the first run finds nothing among the first two, the others all; one user's rank differs
  const [, all] = differenceOf(() => true) as number[];
  const [, some] = differenceOf((_, user) => user > 20) as number[];
  assert.ok(all > 0.9 && some > 0.9);
  assert.deepEqual(differenceOf((run, user) => run < 2 || user > 20)[2], null);
});
