// Measures what leave-one-out gives away: the same systems on the same log, split both ways.
// Run: npx -y deno@2.9.6 run -A tests/bench/time_split.ts
import { openLab, type SplitChoice } from "../../lib/mod.ts";
import { trendingLog } from "../trending_log.ts";

const dataRoot = await Deno.makeTempDir();
try {
  await Deno.mkdir(`${dataRoot}/Films`);
  for (const [file, text] of Object.entries(trendingLog({ users: 3000, movies: 600 }))) {
    await Deno.writeTextFile(`${dataRoot}/Films/${file}`, text);
  }
  const lab = await openLab({ engineName: "onnx-cpu", runs: null });
  const splits: SplitChoice[] = [
    "leave-one-out",
    { validFrom: "2020-08-01", testFrom: "2020-09-01" },
    { valid: 0.1, test: 0.1 },
  ];
  const rows = [];
  for (const split of splits) {
    const { target } = await lab.load("Films", { dataRoot, cacheRoot: `${dataRoot}/processed`, split });
    for (const system of ["Popularity", "Neighbours", "SASRec"]) {
      const recommender = await lab.train(system, target, {
        sizes: { hiddenSize: 32, innerSize: 32, layers: 1 },
        learningRate: 3e-3,
        batchSize: 512,
        epochs: 40,
        patience: 5,
      });
      const { "Recall@10": recall, "NDCG@10": ndcg, ranks } = await recommender.evaluate("test");
      rows.push({
        split: JSON.stringify(split),
        system,
        "Recall@10": recall.toFixed(4),
        "NDCG@10": ndcg.toFixed(4),
        asked: ranks.filter((rank) => rank >= 0).length,
      });
    }
  }
  console.table(rows);
} finally {
  await Deno.remove(dataRoot, { recursive: true });
}
