import type { Domain, FeatureTable } from "../../data/domain.ts";
import { packSequences } from "../../data/domain.ts";
import { CheckpointError } from "../../errors.ts";
import { checkHistories, type ItemScorer } from "../../evaluation/item_scorer.ts";
import { createRecommender, type Recommender, type RecommenderParts } from "../../evaluation/recommender.ts";
import type { JsonObject } from "../../json.ts";
import type { SavedTensor } from "../../files/safetensors.ts";
import { joinTables } from "../../text/geometry/join_tables.ts";
import { checkSameFeatures } from "../../text/same_features.ts";
import { countedIdentity, countedParts, countedTraining } from "../counted_system.ts";
import type { System, TrainedRecommender } from "../system.ts";
import { countNeighbours } from "./count_neighbours.ts";
import { explain } from "./explain.ts";
import { packNeighbours, unpackNeighbours } from "./pack_neighbours.ts";
import { rankTarget } from "./rank_target.ts";
import { type Neighbours, type ReadyNeighbours, readyNeighbours } from "./ready.ts";
import { scoreHistories } from "./score_histories.ts";
import { searchNeighbours } from "./search/search_neighbours.ts";
import type { NeighbourSettings } from "./settings.ts";
import { textNeighbours } from "./texts/text_neighbours.ts";
import { topNeighbours } from "./top_neighbours.ts";
import { withNewItems } from "./with_new_items.ts";

/** A recommender that is a table of neighbours. */
export interface NeighbourRecommender extends Recommender {
  readonly neighbours: ReadyNeighbours;
}

/** Tells a table of neighbours from other recommenders. */
export function isNeighbours(recommender: Recommender): recommender is NeighbourRecommender {
  return "neighbours" in recommender;
}

interface NeighbourParts extends Omit<RecommenderParts, "scorer" | "tensors" | "withItems"> {
  neighbours: Neighbours;
  /** The features that texts were compared by; null without smoothing. */
  features: FeatureTable | null;
}

function neighbourSystem(name: string, readsTexts: boolean): System {
  const system: System = {
    name,
    abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: readsTexts },
    reads: { features: readsTexts, words: false },
    varies: [],
    plan(target) {
      const features = readsTexts ? featuresOf(target) : null;
      return {
        identify: async () =>
          countedIdentity(name, target, {
            settings: { metric: "NDCG@10" },
            reads: system.reads,
            probe: await probe(readsTexts),
          }),
        async train({ observe }): Promise<TrainedRecommender & NeighbourRecommender> {
          const observer = observe?.(`${name} on ${target.name}`, { epochs: 1, patience: 1 });
          const items = target.itemIds.length;
          const texts = features && textNeighbours(features);
          const { best: { settings } } = await searchNeighbours(target.sequences, items, {
            smoothing: texts,
            observe: ({ done, total, best }) =>
              observer?.search?.({ done, total, what: "settings", best: best.value }),
          });
          const counts = countNeighbours(target.sequences, items, settings);
          const recommender = createNeighbourRecommender({
            ...countedParts(name, target, { ...settings } as JsonObject, features?.encoder ?? null),
            neighbours: { settings, counts, texts },
            features,
          });
          const size = counts.pairs.values.length + (texts?.values.length ?? 0);
          return { ...recommender, ...countedTraining({ ...settings } as JsonObject, size) };
        },
      };
    },
    open: ({ card, itemIds, popularity, tensors }, _engine, domain) => {
      const { features, ...arrays } = tensors;
      const neighbours = unpackNeighbours({
        settings: card.settings as unknown as NeighbourSettings,
        arrays: Object.fromEntries(
          Object.entries(arrays).map(([name, { values }]) => [name, values as Int32Array | Float32Array]),
        ),
      });
      if (neighbours.counts.popularity.length !== itemIds.length) {
        throw new CheckpointError({
          where: `popularity of ${card.system}`,
          expected: `a count for each of the ${itemIds.length} items`,
          found: String(neighbours.counts.popularity.length),
          advice: "The file is damaged: save the recommender again.",
        });
      }
      return Promise.resolve(createNeighbourRecommender({
        system: card.system,
        card,
        itemIds,
        popularity,
        domain,
        neighbours,
        features: features
          ? {
            values: features.values as Float32Array,
            rows: features.shape[0],
            width: features.shape[1],
            ...(card.encoder === null ? {} : { encoder: card.encoder }),
          }
          : null,
      }));
    },
  };
  return system;
}

/**
 * Neighbours: items that stood near each other in training histories, counted; nothing is trained.
 *
 * score(i | i₁ … iₙ) = Σₐ decay^a · max(n(iₙ₋ₐ), 1)^−power · C(iₙ₋ₐ, i), where C(j, i) adds 1/distance for each time that
 * i stood after j, at most `window` apart, and `backward` of it for each time that it stood before; n counts
 * occurrences. Window, backward, power and decay are searched on the validation items.
 *
 * This is item-to-item collaborative filtering over positions, related to sequential rules and S-KNN (Ludewig and
 * Jannach, 2018), VS-KNN and STAN (Garg et al., 2019); Latifi, Jannach and Ferraro (2022) show how strong such methods
 * are beside neural ones.
 */
export const neighbours: System = neighbourSystem("Neighbours", false);

/** Neighbours, counted over items with similar texts as well, so that they reach items which nobody has had yet. */
export const neighboursOverTexts: System = neighbourSystem("Neighbours over texts", true);

/** Makes a recommender of counted neighbours. */
function createNeighbourRecommender(parts: NeighbourParts): NeighbourRecommender {
  const { neighbours, features, itemIds, popularity } = parts;
  const ready = readyNeighbours(neighbours);
  const recommender = createRecommender({
    ...parts,
    scorer: neighbourScorer(ready),
    tensors: () => ({
      ...Object.fromEntries(
        Object.entries(packNeighbours(neighbours).arrays).map(([name, values]): [string, SavedTensor] => [
          name,
          { shape: [values.length], values },
        ]),
      ),
      ...(features ? { features: { shape: [features.rows, features.width], values: features.values } } : {}),
    }),
    ...(features
      ? {
        withItems(added) {
          checkSameFeatures(features, added.features, added.ids.length);
          const joined = { ...joinTables([features, added.features]), encoder: features.encoder };
          const ids = [...itemIds, ...added.ids];
          return Promise.resolve(createNeighbourRecommender({
            ...parts,
            itemIds: ids,
            popularity: Int32Array.from(ids, (_, item) => popularity[item] ?? 0),
            measured: undefined,
            features: joined,
            neighbours: {
              ...neighbours,
              counts: withNewItems(neighbours.counts, ids.length),
              texts: textNeighbours(joined),
            },
          }));
        },
      }
      : {}),
  });
  return { ...recommender, neighbours: ready };
}

function neighbourScorer(ready: ReadyNeighbours): ItemScorer {
  return {
    score(histories) {
      checkHistories(histories, ready.items);
      return Promise.resolve(scoreHistories(ready, histories));
    },
    rank(histories, targets) {
      checkHistories(histories, ready.items);
      return Promise.resolve(targets.map((target, at) => rankTarget(ready, histories[at], target)));
    },
    top: (history, k, excluded) => topNeighbours(ready, history, k, excluded),
    because(history, item) {
      const shares = new Float64Array(history.length);
      for (const { item: carrier, share } of explain(ready, history, item)) {
        shares[history.lastIndexOf(carrier)] = share;
      }
      return shares;
    },
    release: () => Promise.resolve(),
  };
}

function featuresOf({ name, itemIds, features }: Domain): FeatureTable {
  checkSameFeatures(features, features, itemIds.length, name);
  return features!;
}

/** What the code makes of a small domain: every value that the search tries, and the scores of two histories. */
async function probe(readsTexts: boolean): Promise<Float64Array> {
  const sequences = packSequences(
    Array.from(
      { length: 12 },
      (_, user) => Array.from({ length: 6 }, (_, at) => (user * 5 + at * (1 + user % 3)) % 9),
    ),
  );
  const features = {
    values: Float32Array.from({ length: 9 * 4 }, (_, at) => Math.sin(at * at)),
    rows: 9,
    width: 4,
  };
  const texts = readsTexts ? textNeighbours(features) : null;
  const { best, tried } = await searchNeighbours(sequences, 9, { smoothing: texts });
  const { settings } = readsTexts ? tried.at(-1)! : best; // the last one that is tried smooths
  const counts = countNeighbours(sequences, 9, settings);
  const scores = scoreHistories(readyNeighbours({ settings, counts, texts }), [[0, 4], [7]]);
  return Float64Array.of(...tried.map(({ value }) => value), ...scores);
}
