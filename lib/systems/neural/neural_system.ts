import type { Domain } from "../../data/domain.ts";
import { describeData } from "../../evaluation/describe_data.ts";
import { trainingCounts } from "../../data/training_counts.ts";
import { fingerprintText } from "../../engine/fingerprint.ts";
import { DataError } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { countParameters } from "../../nn/parameters.ts";
import { checkOneEncoder } from "../../text/one_encoder.ts";
import { refuseZeroRows } from "../../text/zero_rows.ts";
import { nextItemObjective } from "../../training/next_item_objective.ts";
import type { CreateObjective } from "../../training/objective.ts";
import { identify } from "../../training/run_identity.ts";
import { trainableNames } from "../../training/step.ts";
import { version } from "../../version.ts";
import { type PlanPretraining, type PretrainingResult, runPretraining } from "../pretraining/pretraining.ts";
import type { System, SystemSizes, TrainedRecommender, TrainingPlan, TrainOptions } from "../system.ts";
import {
  createNeuralRecommender,
  type NeuralRecommender,
  openNeuralRecommender,
} from "./neural_recommender.ts";
import { type ModelTraining, planModel, trainModel } from "./train_model.ts";

/** What sets one neural system apart from others. */
export interface NeuralDefinition extends Pick<System, "name" | "abilities"> {
  /** What it reads of a domain beside its sequences; nothing if left out. */
  reads?: Partial<System["reads"]>;
  /** Makes the model for a target's items. */
  createModel(target: Pick<Domain, "itemIds" | "features">, sizes: SystemSizes): SequenceModel;
  /** What the model is trained to do on the target; to predict each next item if left out. */
  objective?: CreateObjective;
  /** Settles how it is pre-trained; it starts at random if left out. */
  planPretraining?: PlanPretraining;
  /** Prefixes of the names of parameters that stay as pre-trained. */
  frozen?: readonly string[];
}

/** A system whose model is trained by gradients. */
export interface NeuralSystem extends System, Omit<NeuralDefinition, "reads"> {}

/** A neural recommender, and how it came to be. */
export type TrainedNetwork = NeuralRecommender & TrainedRecommender & {
  /** What it started from, if it was pre-trained. */
  readonly pretraining: PretrainingResult | null;
};

/** Tells a neural system from others. */
export function isNeural(system: System): system is NeuralSystem {
  return "createModel" in system;
}

/**
 * Makes a system of a model and what it is trained to do: one more row of Table 3.
 *
 * @param definition its model, and what that is trained to do; a system that is handed to `lab.train` or notebook 5 needs
 *   no entry in the registry
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { nextItemObjective } from "../../training/next_item_objective.ts";
 * import { createSasRec } from "../sasrec/model.ts";
 * import { neuralSystem } from "./neural_system.ts";
 *
 * const wide = neuralSystem({
 *   name: "Wide SASRec, short vectors",
 *   abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
 *   createModel: ({ itemIds }, sizes) => createSasRec(itemIds.length, { ...sizes, innerSize: 1024 }),
 *   objective(...parts) {
 *     const usual = nextItemObjective(...parts);
 *     return {
 *       ...usual,
 *       loss(parameters, inputs, noise) {
 *         const { loss } = usual.loss(parameters, inputs, noise);
 *         return { loss: tf.add(loss, tf.mean(tf.square(parameters["items.embedding"]))) };
 *       },
 *     };
 *   },
 * });
 * ```
 */
export function neuralSystem(definition: NeuralDefinition): NeuralSystem {
  const { name, abilities, createModel, planPretraining } = definition;
  const reads = { features: false, words: false, ...definition.reads };

  function plan(target: Domain, options: TrainOptions): TrainingPlan {
    const { sizes = {}, sources: given = [], pretraining, start, frozen, loss, ...training } = options;
    const objective = training.objective ?? definition.objective ?? nextItemObjective;
    const sources = abilities.sources === "none" ? [] : given;
    if (reads.features) {
      needFeatures(name, target);
      const read = [...sources, target];
      checkOneEncoder(read);
      read.forEach(refuseZeroRows);
    }
    const isPretrained = start === undefined && planPretraining !== undefined &&
      (abilities.sources === "none" || sources.length > 0);
    const before = isPretrained
      ? planPretraining(sources, sizes, {
        ...pretraining,
        ...(training.seed === undefined ? {} : { seed: training.seed }),
      }, target)
      : null;
    const model = createModel(target, sizes);
    const modelTraining: ModelTraining = {
      ...training,
      objective: loss ? withLoss(objective, loss) : objective,
      frozen: frozen ?? (isPretrained || start ? definition.frozen ?? [] : []),
    };
    const settled = planModel(model, target, { ...modelTraining, start: start ?? null }, name);

    return {
      pretraining: before,
      run: settled.run,
      async identify() {
        const stages: JsonObject[] = [];
        const codes: string[] = [];
        for (const { run, options } of before ? [before, settled] : [settled]) {
          const { settings, code } = await identify(run, options);
          stages.push({ ...settings, epochs: options.epochs, patience: options.patience });
          codes.push(code);
        }
        return { settings: { name, dataset: target.name, stages }, code: fingerprintText(codes.join()) };
      },
      async train({ engine, runs, observe }): Promise<TrainedNetwork> {
        const label = `${name} on ${target.name}`;
        const pretrained = before && await runPretraining(engine, {
          ...before,
          options: { ...before.options, runs, observer: observe?.(`Pre-training ${label}`, before.options) },
        });
        const { curve, best, parameters, valid, test } = await trainModel(
          engine,
          model,
          target,
          {
            ...modelTraining,
            start: start ?? pretrained?.pretrained ?? null,
            runs,
            observer: observe?.(label, settled.options),
          },
          name,
        );
        const { learningRate, batchSize, seed, epochs, patience, metric, negatives } = settled.options;
        const recommender = await createNeuralRecommender({
          engine,
          model,
          parameters,
          features: model.featureSize === null ? null : target.features,
          itemIds: target.itemIds,
          popularity: trainingCounts(target),
          domain: target,
          createModel: (items) => createModel(items, sizes),
          measured: { valid, test },
          card: {
            system: name,
            version,
            settings: { ...sizes },
            encoder: model.featureSize === null ? null : target.features?.encoder ?? null,
            data: describeData(target),
            training: {
              learningRate,
              batchSize,
              seed,
              epochs,
              patience,
              metric,
              ...(negatives === null ? {} : { negatives }),
              frozen: [...settled.options.frozen],
            },
            metrics: {},
          },
        });
        const names = trainableNames(model.parameters, settled.options.frozen);
        const trained = Object.fromEntries(names.map((name) => [name, model.parameters[name]]));
        return {
          ...recommender,
          curve,
          bestEpoch: best.epoch,
          pretraining: pretrained,
          settingsFound: {},
          cost: {
            parameters: countParameters(model.parameters),
            trainedParameters: countParameters(trained),
            pretrainingCurve: pretrained?.curve ?? [],
          },
        };
      },
    };
  }

  return {
    ...definition,
    reads,
    varies: ["learningRate", "hiddenSize", "seed"],
    plan,
    open: (saved, engine, domain) =>
      openNeuralRecommender(
        saved,
        (items) => createModel(items, saved.card.settings as SystemSizes),
        engine,
        domain,
      ),
  };
}

/**
 * Refuses a domain without text features.
 *
 * @param system that reads them
 */
function needFeatures(system: string, { name, features }: Pick<Domain, "name" | "features">): void {
  if (features) return;
  throw new DataError({
    where: `text features of ${name}`,
    expected: `one row of numbers per item, as ${system} reads them`,
    found: "none",
    advice: "Encode the item texts first: lab.load does, where there are texts.",
  });
}

/** Returns an objective with another loss on the same batches. */
function withLoss(objective: CreateObjective, loss: NonNullable<TrainOptions["loss"]>): CreateObjective {
  return (model, domain, settings) => ({ ...objective(model, domain, settings), loss: loss(model) });
}
