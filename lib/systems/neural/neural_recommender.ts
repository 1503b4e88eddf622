import type { Domain, FeatureTable } from "../../data/domain.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import type { Engine } from "../../engine/program.ts";
import { CheckpointError, ParameterError } from "../../errors.ts";
import { featuresFor } from "../../evaluation/measured.ts";
import {
  createRecommender,
  type NewItems,
  type Recommender,
  type RecommenderParts,
} from "../../evaluation/recommender.ts";
import { matchParameters } from "../../files/checkpoint.ts";
import type { RecommenderCard, SavedRecommender } from "../../files/recommender_file.ts";
import type { SavedTensor } from "../../files/safetensors.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { joinTables } from "../../text/geometry/join_tables.ts";
import { checkSameFeatures } from "../../text/same_features.ts";
import { tensorsOf } from "../pretraining/pretraining.ts";
import { createNeuralScorer, type NeuralScorer } from "./neural_scorer.ts";

/** What a trained network consists of. */
export interface Network {
  /** What computes. */
  model: SequenceModel;
  /** By name. */
  parameters: Arrays;
  /** Of all items; null for a model that reads none. */
  features: FeatureTable | null;
}

/** A recommender that is a trained network. */
export interface NeuralRecommender extends Recommender {
  /** The network itself: model, parameters and features. */
  readonly network: Network;
  /** What runs it. */
  readonly engine: Engine;
  /** Returns the vector of each history; a score is its product with an item's. `[histories × width]` */
  readonly encode: NeuralScorer["encode"];
  /** Returns copies of the items' vectors. */
  readonly readTables: NeuralScorer["readTables"];
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
            measured: undefined,
          });
        },
      }
      : {}),
  });
  const { encode, readTables } = scorer;
  return { ...recommender, network: { model, parameters, features }, engine, encode, readTables };
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
  const features = table ? featureTable(table, card, itemIds.length) : null;
  const model = remake(() => createModel({ itemIds: [...itemIds], features }), card);
  if ((model.featureSize === null) !== (features === null)) {
    throw new CheckpointError({
      where: `features of ${card.system}`,
      expected: model.featureSize === null ? "none" : "a row of numbers for each item",
      found: features ? `rows of ${features.width}` : "none",
      advice: "The file was written by another system of that name.",
    });
  }
  const saved = Object.fromEntries(
    Object.entries(others).map((
      [name, tensor],
    ) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, tensor]),
  );
  const expected = Object.fromEntries(
    Object.entries(model.parameters).map(([name, { shape }]) => [name, shape]),
  );
  matchParameters(expected, saved, `parameters of ${card.system}`);
  const parameters = Object.fromEntries(Object.entries(saved).map(([name, { values }]) => [name, values]));
  for (const [name, values] of Object.entries(parameters)) checkFinite(`parameter ${name}`, values, card);
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

/** Makes a model of what a file says of it. */
function remake(create: () => SequenceModel, { system }: RecommenderCard): SequenceModel {
  try {
    return create();
  } catch (cause) {
    if (!(cause instanceof ParameterError)) throw cause;
    throw new CheckpointError({
      where: `settings of ${system}, ${cause.problem.where}`,
      expected: cause.problem.expected,
      found: cause.problem.found,
      advice: "The file is damaged, or was written by another system of that name.",
    }, { cause });
  }
}

/** Returns the saved features of the items. */
function featureTable(
  { shape: [rows, width], values }: SavedTensor,
  card: RecommenderCard,
  items: number,
): FeatureTable {
  if (values instanceof Float32Array && width !== undefined && rows === items) {
    checkFinite("features", values, card);
    return { values, rows, width, ...(card.encoder === null ? {} : { encoder: card.encoder }) };
  }
  throw new CheckpointError({
    where: `features of ${card.system}`,
    expected: `a row of numbers for each of the ${items} items`,
    found: `shape [${rows}, ${width}]`,
    advice: "The file is damaged: save the recommender again.",
  });
}

function checkFinite(what: string, values: ArrayLike<number>, { system }: RecommenderCard): void {
  let sum = 0; // stays 0 unless a number is infinite or none: faster than to ask each
  for (let at = 0; at < values.length; at++) sum += values[at] * 0;
  if (sum === 0) return;
  throw new CheckpointError({
    where: `${what} of ${system}`,
    expected: "finite numbers",
    found: "NaN or an infinite one",
    advice: "The file is damaged: save the recommender again.",
  });
}

function joinFeatures(ours: FeatureTable, { ids, features }: NewItems): FeatureTable {
  checkSameFeatures(ours, features, ids.length);
  return { ...joinTables([ours, features]), encoder: ours.encoder };
}
