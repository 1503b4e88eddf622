import type { Domain } from "../../data/domain.ts";
import { trainingCounts } from "../../data/training_counts.ts";
import { historyOf, targetOf, usersOf } from "../../data/split.ts";
import { fingerprint, fingerprintText } from "../../engine/fingerprint.ts";
import type { Engine } from "../../engine/program.ts";
import { CheckpointError } from "../../errors.ts";
import { rankHeldOut } from "../../evaluation/item_scorer.ts";
import { createRecommender, type Recommender } from "../../evaluation/recommender.ts";
import type { RecommenderCard, SavedRecommender } from "../../files/recommender_file.ts";
import { createGenerator, shuffle } from "../../random.ts";
import { countedParts } from "../counted_system.ts";
import type { System, TrainedRecommender, TrainingPlan } from "../system.ts";
import { type Contest, contestOf } from "./contest.ts";
import { createFusedScorer, type FusionParts, partsOf } from "./fused_scorer.ts";
import { goalOf, searchCutoff, searchWeights, startingWeights } from "./search_weights.ts";
import { placeNewItems } from "./place_new_items.ts";
import { describeWeights, type FusionWeights } from "./weights.ts";

/** A recommender that is a weighted sum of others. */
export interface FusedRecommender extends Recommender {
  readonly parts: readonly Recommender[];
  readonly weights: FusionWeights;
}

/** The most users whose validation items weights are searched on: so many tell half a per cent. */
const mostUsers = 20_000;
/** Histories scored at once in the search. */
const atOnce = 256;

/**
 * Makes a system that is the weighted sum of other systems: each is trained by itself, then the few weights are found on
 * the validation items.
 *
 * Networks' scores are added as they are, of neighbours the logarithm of their share; see `createFusedScorer`. The sum
 * is never worse on the validation items than its best part, which else is taken alone.
 *
 * @param name as in Table 3
 * @param parts at least two; of neighbours one at most
 */
export function fusionSystem(name: string, parts: readonly System[]): System {
  const anyOf = (test: (system: System) => boolean) => parts.some(test);
  const system: System = {
    name,
    abilities: {
      sources: anyOf(({ abilities }) => abilities.sources === "many")
        ? "many"
        : anyOf(({ abilities }) => abilities.sources === "one")
        ? "one"
        : "none",
      withoutOverlap: parts.every(({ abilities }) =>
        abilities.sources === "none" || abilities.withoutOverlap
      ),
      transductive: anyOf(({ abilities }) => abilities.transductive),
      inductive: parts.every(({ abilities }) => abilities.inductive),
    },
    reads: {
      features: anyOf(({ reads }) => reads.features),
      words: anyOf(({ reads }) => reads.words),
    },
    varies: [...new Set(parts.flatMap(({ varies }) => varies))],
    async plan(target, options) {
      const plans: TrainingPlan[] = [];
      for (const part of parts) plans.push(await part.plan(target, options));
      return {
        parts: plans,
        async identify() {
          const identities = [];
          for (const plan of plans) identities.push(await plan.identify());
          return {
            settings: { name, dataset: target.name, parts: identities.map(({ settings }) => settings) },
            code: fingerprintText([fingerprint(await probe()), ...identities.map(({ code }) => code)].join()),
          };
        },
        async train(place): Promise<TrainedRecommender & FusedRecommender> {
          const trained: TrainedRecommender[] = [];
          for (const plan of plans) trained.push(await plan.train(place));
          const observer = place.observe?.(`${name} on ${target.name}`, { epochs: 1, patience: 1 });
          const weights = await findWeights(
            trained,
            target,
            (progress) => observer?.search?.({ ...progress, what: "weights" }),
          );
          const { card, ...own } = countedParts(name, target, {}, encoderOf(trained));
          const recommender = createFusedRecommender(trained, weights, { ...own, card });
          const sum = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);
          const network = trained.find(({ curve }) => curve.length > 0);
          return {
            ...recommender,
            curve: network?.curve ?? [],
            bestEpoch: network?.bestEpoch ?? -1,
            settingsFound: describeWeights(weights),
            cost: {
              parameters: sum(trained.map(({ cost }) => cost.parameters)),
              trainedParameters: sum(trained.map(({ cost }) => cost.trainedParameters)),
              pretrainingCurve: trained.flatMap(({ cost }) => cost.pretrainingCurve),
            },
          };
        },
      };
    },
    open: (saved, engine, domain) => openFusedRecommender(saved, parts, engine, domain),
  };
  return system;
}

/** Finds the weights of trained parts on a domain's validation items. */
async function findWeights(
  recommenders: readonly Recommender[],
  domain: Domain,
  observe: (progress: { done: number; total: number; best: number }) => void | Promise<void>,
): Promise<FusionWeights> {
  const parts = partsOf(recommenders, trainingCounts(domain));
  const contests = await contestsOf(parts, domain);
  const start = startingWeights(parts.scoring.length, parts.neighbours);
  const found = await searchWeights(contests, start, observe);
  const scorer = createFusedScorer(parts, found);
  const fused = goalOf(await rankHeldOut(scorer, domain, "valid"));
  let [best, most] = [found, fused];
  for (const recommender of recommenders) {
    const { ranks } = await recommender.evaluate("valid", domain);
    const goal = goalOf(ranks);
    if (goal > most) [best, most] = [aloneOf(recommender, parts, start), goal];
  }
  return best;
}

/** Returns the weights that take one part alone. */
function aloneOf(recommender: Recommender, { scoring }: FusionParts, start: FusionWeights): FusionWeights {
  const isScoring = scoring.includes(recommender);
  return {
    ...start,
    scores: scoring.map((part) => part === recommender ? 1 : 0),
    neighbours: isScoring ? 0 : 1,
  };
}

/** Returns the contests of the users who are asked, of many a sample. */
async function contestsOf(
  { scoring, sharesOf }: FusionParts,
  { sequences, itemIds }: Domain,
): Promise<Contest[]> {
  const items = itemIds.length;
  const users = Array.from(usersOf(sequences, "valid"));
  const chosen = users.length > mostUsers ? shuffle(createGenerator(1), users).slice(0, mostUsers) : users;
  const contests: Contest[] = [];
  for (let first = 0; first < chosen.length; first += atOnce) {
    const some = chosen.slice(first, first + atOnce);
    const histories = some.map((user) => historyOf(sequences, user, "valid"));
    const scores: Float32Array[] = [];
    for (const recommender of scoring) scores.push((await recommender.score(histories)).slice());
    some.forEach((user, row) => {
      const own = scores.map((all) => all.subarray(row * items, (row + 1) * items));
      const shares = sharesOf?.(histories[row]) ?? null;
      contests.push(contestOf(own, shares, targetOf(sequences, user, "valid"), searchCutoff));
    });
  }
  return contests;
}

type OwnParts = Parameters<typeof createRecommender>[0];

/** Makes the recommender that is a weighted sum. */
function createFusedRecommender(
  parts: readonly Recommender[],
  weights: FusionWeights,
  own: Omit<OwnParts, "scorer" | "tensors" | "withItems">,
): FusedRecommender {
  const scorer = createFusedScorer(partsOf(parts, own.popularity), weights);
  const card: RecommenderCard = {
    ...own.card,
    settings: { weights: describeWeights(weights), parts: parts.map((part) => part.toFile().card) },
  };
  const recommender = createRecommender({
    ...own,
    card,
    scorer,
    tensors: () =>
      Object.fromEntries(
        parts.flatMap((part, at) =>
          Object.entries(part.toFile().tensors).map(([name, tensor]) => [`part ${at}/${name}`, tensor])
        ),
      ),
    ...(parts.every(({ withItems }) => withItems)
      ? {
        async withItems(added) {
          const extended: Recommender[] = [];
          for (const part of parts) extended.push(await part.withItems!(added));
          const [{ itemIds }] = extended;
          return createFusedRecommender(extended, weights, {
            ...own,
            itemIds,
            measured: undefined,
            popularity: Int32Array.from(itemIds, (_, item) => own.popularity[item] ?? 0),
          });
        },
      }
      : {}),
  });
  return { ...recommender, parts, weights };
}

async function openFusedRecommender(
  saved: SavedRecommender,
  systems: readonly System[],
  engine: Engine,
  domain: Domain | null,
): Promise<FusedRecommender> {
  const { weights, parts: cards } = saved.card.settings as unknown as {
    weights: FusionWeights;
    parts: RecommenderCard[];
  };
  const parts: Recommender[] = [];
  for (const [at, card] of (cards ?? []).entries()) {
    const system = systems.find(({ name }) => name === card.system);
    if (!system) {
      throw new CheckpointError({
        where: `part ${at} of ${saved.card.system}`,
        expected: `one of ${systems.map(({ name }) => name).join(", ")}`,
        found: String(card.system),
        advice: "The file was written by another version of this library: train again.",
      });
    }
    const prefix = `part ${at}/`;
    const tensors = Object.fromEntries(
      Object.entries(saved.tensors).filter(([name]) => name.startsWith(prefix))
        .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
    );
    parts.push(await system.open({ ...saved, card, tensors }, engine, domain));
  }
  return createFusedRecommender(parts, weights, { ...saved, system: saved.card.system, domain });
}

function encoderOf(parts: readonly Recommender[]): string | null {
  return parts.map((part) => part.toFile().card.encoder).find((encoder) => encoder !== null) ?? null;
}

/** What the code makes of a few users: the weights that it finds for them, and what new items are given. */
async function probe(): Promise<Float64Array> {
  const items = 30;
  const wave = (at: number) => Math.fround(Math.sin(at * at));
  const contests = Array.from({ length: 12 }, (_, user) => {
    const scores = Float32Array.from({ length: items }, (_, item) => wave(user * items + item));
    const shares = Float32Array.from({ length: 5 * 4 }, (_, at) => Math.abs(wave(user + at)) / 8);
    return contestOf([scores], { items: Int32Array.of(1, 4, 9, 16, 25), shares }, user, searchCutoff);
  });
  const { scores, neighbours, floor, ways } = await searchWeights(contests, startingWeights(1, "over texts"));
  const sums = Float32Array.from({ length: items }, (_, item) => wave(item));
  placeNewItems(
    sums,
    sums.map((_, item) => wave(2 * item)),
    Uint8Array.from(sums, (_, item) => Number(item % 7 === 0)),
  );
  return Float64Array.of(...scores, neighbours, floor, ...Object.values(ways), ...sums);
}
