import { mean } from "../../lib/evaluation/significance.ts";
import type { Group, Measurement } from "./measure_seed.ts";

/** A statement about the sample: that one number is above another, seed by seed. */
export interface Claim {
  claim: string;
  /** Where the paper makes it; null for what the paper does not look at. */
  paper: string | null;
  /** What is compared. */
  measure: string;
  higher(measurements: readonly Measurement[]): number;
  lower(measurements: readonly Measurement[]): number;
}

const sources = ["Outdoors", "Household", "Hobbies"];

/** All claims, in the order of the notebooks. */
export const claims: readonly Claim[] = [
  above("Pre-training helps UniSRec t", "Fig. 2", "UniSRec t", "UniSRec t, from scratch"),
  above("Pre-training helps UniSRec t+ID", "Fig. 2", "UniSRec t+ID", "UniSRec t+ID, from scratch"),
  above("It helps on another platform", "Sec. 3.4", "UniSRec t", "UniSRec t, from scratch", "Gifts"),
  {
    claim: "All sources help more than one",
    paper: "Fig. 2",
    measure: "NDCG@10 of UniSRec t on Studio, pre-trained on all; the mean of those on one",
    higher: ndcg("UniSRec t"),
    lower: (all) => mean(sources.map((source) => ndcg(`UniSRec t, ${source}`)(all))),
  },
  above("Fine-tuning adds to zero-shot", "Sec. 2.4", "UniSRec t", "zero-shot"),
  above(
    "A frozen encoder is better than training everything",
    "Sec. 2.4",
    "UniSRec t",
    "UniSRec t, all trained",
  ),
  ...["SASRec", "FDSA", "ZESRec"].map((system) =>
    above(`UniSRec t+ID is ahead of ${system}`, "Table 3", "UniSRec t+ID", system)
  ),
  above("UniSRec t is ahead of ZESRec", "Table 3", "UniSRec t", "ZESRec"),
  ...["Neighbours", "Neighbours over texts"].map((system) =>
    above(`UniSRec t+ID is ahead of ${system}`, null, "UniSRec t+ID", system)
  ),
  above("Item IDs help", "Table 3", "UniSRec t+ID", "UniSRec t"),
  inGroup("Item IDs find more of the items seen in training", "Table 3", "warm", "UniSRec t+ID", "UniSRec t"),
  inGroup("Text alone is better on unseen items", "Sec. 2.4", "unseen", "UniSRec t", "UniSRec t+ID"),
  inGroup("Text finds unseen items, item IDs do not", "Sec. 2.4", "unseen", "UniSRec t", "SASRec"),
  {
    claim: "Rare items gain more from UniSRec t+ID than frequent ones",
    paper: "Fig. 4",
    measure: "Recall@10 above SASRec's: test items seen 1 to 4 times, and more often",
    higher: gain("rare"),
    lower: gain("frequent"),
  },
  ...[
    ["Parametric whitening helps", "w/o PW"],
    ["Several experts help", "w/o MoE"],
    ["The sequence–item task helps", "w/o S-I"],
    ["The sequence–sequence task helps", "w/o S-S"],
  ].map(([claim, variant]) => above(claim, "Fig. 3", "UniSRec t", variant)),
];

/** Claims that one way has a higher NDCG@10 than another. */
function above(claim: string, paper: string | null, higher: string, lower: string, target = "Studio"): Claim {
  const measure = `NDCG@10 on ${target}: ${higher}, ${lower}`;
  return { claim, paper, measure, higher: ndcg(higher, target), lower: ndcg(lower, target) };
}

/** Claims that one way finds more test items of a group than another. */
function inGroup(claim: string, paper: string, group: Group, higher: string, lower: string): Claim {
  const measure = `Recall@10 of ${group} test items of Studio: ${higher}, ${lower}`;
  return { claim, paper, measure, higher: recall(higher, group), lower: recall(lower, group) };
}

function ndcg(way: string, target = "Studio") {
  return (all: readonly Measurement[]) => find(all, way, target)["NDCG@10"];
}

function recall(way: string, group: Group) {
  return (all: readonly Measurement[]) => find(all, way, "Studio").recall[group];
}

function gain(group: Group) {
  return (all: readonly Measurement[]) => recall("UniSRec t+ID", group)(all) - recall("SASRec", group)(all);
}

function find(all: readonly Measurement[], way: string, target: string): Measurement {
  const found = all.find((measured) => measured.way === way && measured.target === target);
  if (!found) throw new Error(`nothing was measured of ${way} on ${target}`);
  return found;
}
