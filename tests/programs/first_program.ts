// Pre-trains on some shops, trains on another, and serves what came of it.
//   npx -y deno@2.9.6 run -P=program tests/programs/first_program.ts [folder]
import { openLab, openRecommender } from "../../lib/mod.ts";

const [folder = "."] = Deno.args;
const lab = await openLab({ runs: `${folder}/runs` }); // what is interrupted goes on, what is finished is looked up
const { target, sources } = await lab.load("sample", { sources: null }); // null: the profile's own

// small and short, to be over in a moment; leave out sizes and epochs for the paper's
const sizes = { hiddenSize: 32, innerSize: 32, experts: 2, maxLength: 20 };
const start = await lab.pretrain("UniSRec", sources, { sizes, epochs: 1 });
const model = await lab.train("UniSRec t+ID", target, { sizes, start, learningRate: 3e-3, epochs: 2 });
console.log(`NDCG@10 ${(await model.evaluate("test"))["NDCG@10"]}`);
await model.save(`${folder}/my.safetensors`);

const later = await openRecommender(`${folder}/my.safetensors`);
const [history] = await later.recommend([{ items: target.itemIds.slice(0, 2) }], { k: 3 });
console.table(history);
