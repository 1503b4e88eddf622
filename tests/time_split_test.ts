// A log of files is split both ways and trained on, with the library alone.
import assert from "node:assert/strict";
import type { Domain } from "../lib/data/domain.ts";
import { splitStatistics } from "../lib/data/statistics.ts";
import { listen } from "../lib/data/test_helpers.ts";
import { isNetwork, openLab } from "../lib/systems/lab.ts";
import { trendingLog } from "./trending_log.ts";
import { withTemporaryFolder } from "./with_temporary_folder.ts";

const sizes = { hiddenSize: 32, innerSize: 32, layers: 1, maxLength: 20 };
const training = { sizes, learningRate: 3e-3, batchSize: 256, epochs: 40, patience: 5, seed: 1 };
const split = { validFrom: "2020-08-01", testFrom: "2020-09-01" };

/** Writes logs into folders of these names, and runs a test with them. */
async function withLogs(
  logs: Record<string, Record<string, string>>,
  run: (options: { dataRoot: string; cacheRoot: string }) => Promise<void>,
) {
  await withTemporaryFolder(async (dataRoot) => {
    for (const [name, files] of Object.entries(logs)) {
      await Deno.mkdir(`${dataRoot}/${name}`);
      for (const [file, text] of Object.entries(files)) {
        await Deno.writeTextFile(`${dataRoot}/${name}/${file}`, text);
      }
    }
    await listen(() => run({ dataRoot, cacheRoot: `${dataRoot}/processed` }));
  });
}

Deno.test("leave-one-out knows what becomes popular, and measures more than a split by time", () =>
  withLogs({ Films: trendingLog() }, async (options) => {
    const lab = await openLab({ engineName: "onnx-cpu", runs: null });
    const { target: leaveOneOut } = await lab.load("Films", options);
    const { target: byTime } = await lab.load("Films", { ...options, split });
    for (const system of ["SASRec", "Neighbours"]) {
      const [high, low] = [
        await (await lab.train(system, leaveOneOut, training)).evaluate("test"),
        await (await lab.train(system, byTime, training)).evaluate("test"),
      ].map((measured) => measured["NDCG@10"]);
      assert.ok(high > 1.1 * low && low > 0.02, `${system}: ${high} and ${low}`);
    }
  }));

Deno.test("a log whose future is changed gives the same training, to the bit", async () => {
  const log = trendingLog({ users: 250 });
  const load = async (files: Record<string, string>) => {
    let loaded: Domain | undefined;
    await withLogs({ Films: files }, async (options) => {
      const lab = await openLab({ engineName: "onnx-cpu", runs: null });
      ({ target: loaded } = await lab.load("Films", { ...options, split }));
    });
    return loaded!;
  };
  const target = await load(log);
  const { trainUsers } = splitStatistics(target);
  const trained = new Set(target.userIds.slice(0, trainUsers));
  const other = await load({ ...log, "ratings.csv": withOtherFuture(log["ratings.csv"], trained) });
  assert.deepEqual(other.userIds.slice(0, trainUsers), target.userIds.slice(0, trainUsers));
  assert.equal(other.itemIds.length, target.itemIds.length);
  assert.notDeepEqual(other.sequences.items, target.sequences.items);
  const lab = await openLab({ engineName: "onnx-cpu", runs: null });
  const parameters = [];
  for (const domain of [target, other]) {
    const recommender = await lab.train("SASRec", domain, { ...training, epochs: 1 });
    assert.ok(isNetwork(recommender));
    parameters.push(recommender.network.parameters);
  }
  assert.deepEqual(parameters[1], parameters[0]);
});

/** Returns ratings in which the trained users take each other's later movies, each a little later than before. */
function withOtherFuture(ratings: string, trained: ReadonlySet<string>): string {
  const [header, ...rows] = ratings.trim().split("\n");
  const from = Date.parse(split.validFrom) / 1000;
  const isLater = (row: string) => Number(row.split(",")[3]) >= from;
  const isChanged = (row: string) => isLater(row) && trained.has(row.split(",")[0]);
  const later = rows.filter(isChanged);
  let at = 0;
  const changed = rows.map((row) => {
    if (!isChanged(row)) return row;
    const [user, , rating, time] = row.split(",");
    return [user, later[(97 + at++) % later.length].split(",")[1], rating, Number(time) + at].join(",");
  });
  const before = changed.filter((row) => !isLater(row));
  return [header, ...changed.filter(isLater).reverse(), ...before, ""].join("\n");
}

Deno.test("sources are split at the target's moments, whatever shares would give them", () =>
  withLogs({ Films: trendingLog(), Series: trendingLog({ users: 900, seed: 4 }) }, async (options) => {
    const shares = { valid: 0.1, test: 0.15 };
    const { target, sources: [source] } = await (await openLab({ runs: null })).load("Films", {
      ...options,
      split: shares,
      sources: ["Series"],
    });
    assert.deepEqual(source.sequences.split!.times, target.sequences.split!.times);
    const alone = await (await openLab({ runs: null })).load("Series", { ...options, split: shares });
    assert.notDeepEqual(alone.target.sequences.split!.times, target.sequences.split!.times);
    // the profile's own domain, as a source of another one
    const turned = await (await openLab({ runs: null })).load("Series", {
      ...options,
      split: shares,
      targets: ["Films"],
      sources: ["Series"],
    });
    assert.deepEqual(turned.sources[0].sequences.split!.times, target.sequences.split!.times);
  }));
