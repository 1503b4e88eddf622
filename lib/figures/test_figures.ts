import { frozenEncoder } from "../systems/unisrec/system.ts";
import { createUniSRec } from "../systems/unisrec/model.ts";
import { plotArchitecture } from "./architecture/architecture.ts";
import { plotFramework } from "./architecture/framework.ts";
import { plotAgainstPaper } from "./plots/against_paper.ts";
import { plotCosines } from "./plots/cosine_histogram.ts";
import { plotCostAgainstSize } from "./plots/cost_against_size.ts";
import { plotGates } from "./plots/gate_heat_map.ts";
import { plotHitOverlap } from "./plots/hit_overlap.ts";
import { plotItemMaps } from "./plots/item_map.ts";
import { plotLeaderBoard } from "./plots/leader_board.ts";
import { plotLearningCurves } from "./plots/learning_curves.ts";
import { plotLongTail } from "./plots/long_tail.ts";
import { plotNegatives } from "./plots/negatives.ts";
import { plotOrder } from "./plots/order.ts";
import { plotPopularity } from "./plots/popularity.ts";
import { plotPretrainingLosses } from "./plots/pretraining_losses.ts";
import { plotSequenceLengths } from "./plots/sequence_lengths.ts";
import { plotSpectra } from "./plots/spectra.ts";
import { plotTextLengths } from "./plots/text_lengths.ts";
import { plotTransfer } from "./plots/transfer.ts";

const names = ["Home & Garden", "Books", "Games", "Music", "Pantry", "Tools"];
const six = <Value>(make: (index: number) => Value) => names.map((name, index) => ({ name, ...make(index) }));
/** Whole numbers that look random and are always the same. */
const scattered = (count: number, below: number) =>
  Array.from({ length: count }, (_, at) => (at * 7919 + at * at * 31) % below);
const points = (rows: number, shift: number) => ({
  values: Float32Array.from(scattered(2 * rows, 101), (value) => value / 101 + shift),
  rows,
  width: 2,
});

/** One of each figure, of fixed data, with as many series as the palette has colours where that is possible. */
export const testFigures: Record<string, string> = {
  against_paper: plotAgainstPaper(["Scientific", "Pantry"].map((dataset, at) => ({
    title: `${dataset}: NDCG@10`,
    rows: names.map((system, index) => ({
      system,
      ours: 0.05 + index / 200,
      paper: 0.06 + (index % 3 - at) / 100,
    })),
  }))),
  architecture: plotArchitecture(
    createUniSRec(4385, { setting: "transductive", layers: 1 }),
    frozenEncoder,
  ),
  cosines: plotCosines(six((index) => ({
    cosines: scattered(200, 60 + 10 * index).map((value) => value / 150),
  }))),
  cost_against_size: plotCostAgainstSize(
    names.slice(0, 4).flatMap((series, index) =>
      [1e3, 1e4, 1e5, 1e6].map((items) => ({
        series,
        items,
        interactions: 1e6,
        secondsPerEpoch: 0,
        processorSecondsPerEpoch: (index + 1) * (20 + items / 500),
        memory: 0.3 + index * items / 1e5,
      }))
    ),
    names.slice(0, 4).flatMap((series, index) =>
      [1e5, 1e6, 1e7].map((interactions) => ({
        series,
        items: 2e4,
        interactions,
        secondsPerEpoch: 0,
        processorSecondsPerEpoch: (index + 1) * interactions / 1e5,
        memory: 0.4 + interactions / 1e7,
      }))
    ),
  ),
  framework: plotFramework(createUniSRec(4385, { setting: "transductive" }), names, "Scientific"),
  gates: plotGates(six((index) => ({ gates: scattered(8, 20 + index).map((value) => value / 80) }))),
  hit_overlap: plotHitOverlap(
    ["SASRec", "UniSRec t"].flatMap((second) =>
      ["Occurrences of the test item in training", "Items in the history"].flatMap((by, row) =>
        ["[1, 5)", "[5, 10)", "10+"].map((group, at) => {
          const share = (parts: number) => ({ value: (1 + at) * parts / 100, interval: null });
          return {
            ...{ first: "Neighbours", second, by, group, users: 1000 - 200 * at, missed: share(1) },
            ...{ both: share(4), firstOnly: share(3 - row), secondOnly: share(1 + row / 2) },
          };
        })
      )
    ),
    "Recall@10",
  ),
  item_maps: plotItemMaps(["Text features", "Adaptor", "Mixed"].map((title) => ({
    title,
    domains: six((index) => ({ points: points(20, index / 5) })),
  }))),
  leader_board: plotLeaderBoard(
    ["Scientific", "Pantry", "Arts", "Office"].map((dataset, at) => ({
      dataset,
      points: names.slice(at % 2).map((system, index) => ({
        system,
        value: 0.05 + (index * 7 + at) % 9 / 200,
        interval: index === 1 ? null : { low: 0.046 + (index * 7 + at) % 9 / 200, high: 0.1 },
      })),
      paper: at === 3 ? null : 0.06 + at / 100,
      published: at === 2 ? null : 0.08,
    })),
    "NDCG@10",
    [
      { name: "Baselines of the paper", systems: names.slice(0, 3) },
      { name: "UniSRec", systems: names.slice(3, 4) },
      { name: "Beyond the paper", systems: names.slice(4) },
    ],
  ),
  learning_curves: plotLearningCurves(names.map((model, index) => ({
    model,
    epochs: Array.from({ length: 12 }, (_, epoch) => ({
      epoch,
      loss: (6 + index / 2) / (1 + epoch / 4),
      ndcg: epoch % 3 === 2 ? null : 0.05 * index + epoch / 100,
    })),
  }))),
  long_tail: plotLongTail(
    ["0 (cold)", "[1, 5)", "[5, 10)", "10+"].flatMap((group, at) =>
      names.map((model, index) => ({
        group,
        users: 40 + 900 * at,
        model,
        mean: { value: 0.1, interval: null },
        improvement: {
          value: at === 0 ? null : index / (at + 1) - 0.2,
          interval: at === 0
            ? null
            : { low: index / (at + 1) - 0.2 - 0.3 / at, high: index / (at + 1) + 0.4 / at },
        },
      }))
    ),
    "Recall@10",
    names[0],
  ),
  negatives: plotNegatives(Array.from({ length: 12 }, (_, at) => ({
    user: at >> 1,
    target: at % 7,
    domain: names[at >> 2],
  }))),
  order: plotOrder(
    ["SASRec", "UniSRec t", "Neighbours"].flatMap((system, at) =>
      (["nowhere", "in testing", "in training", "in both"] as const).map((shuffled, way) => ({
        system,
        shuffled,
        metric: "NDCG@10" as const,
        mean: {
          value: 0.06 - at / 100 - way / 200,
          interval: { low: 0.055 - at / 100 - way / 200, high: 0.066 - at / 100 - way / 200 },
        },
        change: null,
        test: null,
      }))
    ),
  ),
  popularity: plotPopularity(six((index) => ({
    counts: Int32Array.from({ length: 50 + 40 * index }, (_, rank) => 900 / (1 + rank) ** (0.8 + index / 8)),
  }))),
  pretraining_losses: plotPretrainingLosses(
    Array.from({ length: 5 }, (_, epoch) =>
      names.flatMap((domain, index) => [
        { task: "sequenceItem", domain, loss: 6 - epoch / 2 + index / 4 },
        { task: "sequenceSequence", domain, loss: 3 - epoch / 3 + index / 5 },
      ])),
  ),
  sequence_lengths: plotSequenceLengths(six((index) => ({
    lengths: scattered(60, 20 + 9 * index).map((length) => length + 3),
  }))),
  spectra: plotSpectra(six((index) => ({
    singularValues: Float64Array.from({ length: 40 }, (_, rank) => (1 + rank) ** (-index / 3)),
  }))),
  text_lengths: plotTextLengths("words", six((index) => ({ lengths: scattered(80, 15 + 9 * index) }))),
  transfer: plotTransfer(
    ["Studio", "Market", "Gifts"].flatMap((target, at) =>
      ["None", "Home & Garden", "Outdoors and tools", "All"].map((variant, index) => ({
        target,
        variant,
        mean: 0.1 + at / 20 + index / 100,
        deviation: 0.004,
        values: [0.096, 0.1, 0.104].map((value) => value + at / 20 + index / 100),
      }))
    ),
  ),
};
