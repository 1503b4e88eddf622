import type { Domain, FeatureTable } from "../../data/domain.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import type { Engine } from "../../engine/program.ts";
import { CheckpointError } from "../../errors.ts";
import { featuresFor } from "../../evaluation/measured.ts";
import {
  createRecommender,
  type NewItems,
  type Recommender,
  type RecommenderParts,
} from "../../evaluation/recommender.ts";
import { matchParameters } from "../../files/checkpoint.ts";
import type { SavedRecommender } from "../../files/recommender_file.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { joinTables } from "../../text/geometry/join_tables.ts";
import { checkSameFeatures } from "../../text/same_features.ts";
import { tensorsOf } from "../pretraining/pretraining.ts";
import { createNeuralScorer } from "./neural_scorer.ts";

/** What a trained network consists of. */
export interface Network {
  model: SequenceModel;
  /** By name. */
  parameters: Arrays;
  /** Of all items; null for a model that reads none. */
  features: FeatureTable | null;
}

/** A recommender that is a trained network. */
export interface NeuralRecommender extends Recommender {
  readonly network: Network;
  readonly engine: Engine;
}

/** What a neural recommender is made of. */
export interface NeuralParts
  extends Network, Pick<RecommenderParts, "itemIds" | "popularity" | "card" | "domain" | "measured"> {
  engine: Engine;
  /** Makes the model for other items. */
  createModel(items: Pick<Domain, "itemIds" | "features">): SequenceModel;
}

const prefix = "parameters/";
const featuresName = "features";

/** Makes a recommender of a trained network. */
export async function createNeuralRecommender(parts: NeuralParts): Promise<NeuralRecommender> {
  const { engine, model, parameters, features, itemIds, popularity, card, domain, measured, createModel } =
    parts;
  const values = featuresFor(model, { name: card.system, features });
  const scorer = await createNeuralScorer(engine, model, values, parameters);
  const isInductive = features !== null && !("items.embedding" in model.parameters);
  const recommender = createRecommender({
    system: card.system,
    itemIds,
    domain,
    scorer,
    popularity,
    card,
    measured,
    tensors: () => ({
      ...Object.fromEntries(
        Object.entries(tensorsOf(model, parameters)).map(([name, tensor]) => [prefix + name, tensor]),
      ),
      ...(features
        ? { [featuresName]: { shape: [features.rows, features.width], values: features.values } }
        : {}),
    }),
    ...(isInductive
      ? {
        async withItems(added: NewItems) {
          const joined = joinFeatures(features, added);
          const ids = [...itemIds, ...added.ids];
          return await createNeuralRecommender({
            ...parts,
            model: createModel({ itemIds: ids, features: joined }),
            features: joined,
            itemIds: ids,
            popularity: Int32Array.from(ids, (_, item) => popularity[item] ?? 0),
            domain: null,
            measured: undefined,
          });
        },
      }
      : {}),
  });
  return { ...recommender, network: { model, parameters, features }, engine };
}

/**
 * Makes the recommender that a file holds.
 *
 * @param createModel makes the model for so many items, with the settings of the file
 * @throws {CheckpointError} if the parameters are not the model's
 */
export async function openNeuralRecommender(
  { card, itemIds, popularity, tensors }: SavedRecommender,
  createModel: NeuralParts["createModel"],
  engine: Engine,
  domain: Domain | null,
): Promise<NeuralRecommender> {
  const { [featuresName]: table, ...others } = tensors;
  const features: FeatureTable | null = table
    ? {
      values: table.values as Float32Array,
      rows: table.shape[0],
      width: table.shape[1],
      ...(card.encoder === null ? {} : { encoder: card.encoder }),
    }
    : null;
  const model = createModel({ itemIds: [...itemIds], features });
  const saved = Object.fromEntries(
    Object.entries(others).map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
  const expected = Object.fromEntries(
    Object.entries(model.parameters).map(([name, { shape }]) => [name, shape]),
  );
  matchParameters(expected, saved, `parameters of ${card.system}`);
  const parameters = Object.fromEntries(Object.entries(saved).map(([name, { values }]) => [name, values]));
  for (const [name, values] of Object.entries(parameters)) {
    if (values.every(Number.isFinite)) continue;
    throw new CheckpointError({
      where: `parameter ${name} of ${card.system}`,
      expected: "finite numbers",
      found: "NaN or an infinite one",
      advice: "The file is damaged: save the recommender again.",
    });
  }
  return await createNeuralRecommender({
    engine,
    model,
    parameters,
    features,
    itemIds,
    popularity,
    card,
    domain,
    createModel,
  });
}

function joinFeatures(ours: FeatureTable, { ids, features }: NewItems): FeatureTable {
  checkSameFeatures(ours, features, ids.length);
  return { ...joinTables([ours, features]), encoder: ours.encoder };
}
