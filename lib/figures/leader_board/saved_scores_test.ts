import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { savedScores } from "./saved_scores.ts";

Deno.test("scores are those of Table 3, then those that only the table beyond it has", () =>
  withTemporaryFolder(async (folder) => {
    assert.deepEqual(await savedScores(folder), []);
    await Deno.writeTextFile(
      `${folder}/table-3.csv`,
      "dataset,model,metric,value,std,paper\nS,UniSRec t,NDCG@10,0.06,0.001,0.07\nS,Own,NDCG@10,0.05,,\n",
    );
    await Deno.writeTextFile(
      `${folder}/table-beyond.csv`,
      "dataset,model,in_table_3,Recall@10,NDCG@10\nS,UniSRec t,yes,0.5,0.04\nS,Popularity,no,0.02,\n",
    );
    const common = { dataset: "S", deviation: null, paper: null };
    assert.deepEqual(await savedScores(folder), [
      { ...common, system: "UniSRec t", metric: "NDCG@10", value: 0.06, deviation: 0.001, paper: 0.07 },
      { ...common, system: "Own", metric: "NDCG@10", value: 0.05 },
      { ...common, system: "Popularity", metric: "Recall@10", value: 0.02 },
    ]);
  }));
