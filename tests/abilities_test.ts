import assert from "node:assert/strict";
import { type Domain, packSequences, sequenceOf, userCount } from "../lib/data/domain.ts";
import { withholdItems } from "../lib/data/withhold_items.ts";
import { CheckpointError } from "../lib/errors.ts";
import { measureNewItems } from "../lib/studies/new_items.ts";
import { peterrec } from "../lib/systems/peterrec/system.ts";
import { trainPeterRec } from "../lib/systems/peterrec/train.ts";
import { tensorsOf } from "../lib/systems/pretraining/pretraining.ts";
import type { SequenceModel } from "../lib/nn/sequence_model.ts";
import { startingParameters } from "../lib/files/pretrained_file.ts";
import {
  engine,
  namedDomain,
  neuralSystems,
  pretrainSystem,
  sizes,
  trainSystem,
} from "./systems/train_system.ts";

const target = namedDomain("Target");
const larger = namedDomain("Target", { items: 40 });
const first = namedDomain("First", { seed: 6 });
const second = namedDomain("Second", { items: 24, seed: 8 });
const once = { epochs: 1 };

/** Returns the domain with every user's sequence backwards. */
function backwards(domain: Domain): Domain {
  const users = Array.from({ length: userCount(domain.sequences) }, (_, user) => user);
  const lists = users.map((user) => sequenceOf(domain.sequences, user).slice().reverse());
  return { ...domain, sequences: packSequences(lists) };
}

function shapesOf({ parameters }: SequenceModel) {
  return Object.fromEntries(Object.entries(parameters).map(([name, { shape }]) => [name, shape]));
}

for (const system of neuralSystems) {
  const { name, abilities: { sources, withoutOverlap, transductive, inductive } } = system;
  /** Returns what the system starts from after pre-training, the one place where sources come in. */
  const start = async (...domains: Domain[]) => {
    const pretrained = await pretrainSystem(system, target, domains, once);
    return pretrained && startingParameters(pretrained, system.createModel(target, sizes));
  };

  if (sources === "none") {
    Deno.test(`${name} learns from no source: what it starts from does not depend on them`, async () => {
      assert.deepEqual(await start(first, second), await start());
    });
  } else {
    Deno.test(`${name} learns from one source: what it starts from depends on the users' sequences there`, async () => {
      assert.notDeepEqual(await start(first), await start(backwards(first)));
    });
  }

  if (sources === "many") {
    Deno.test(`${name} learns from many sources: from each of two`, async () => {
      const both = await start(first, second);
      assert.notDeepEqual(both, await start(backwards(first), second));
      assert.notDeepEqual(both, await start(first, backwards(second)));
    });
  }

  if (withoutOverlap) {
    Deno.test(`${name} needs no user and no item in two domains`, async () => {
      const domains = [target, first, second];
      for (const ids of ["userIds", "itemIds"] as const) {
        const all = domains.flatMap((domain) => domain[ids]);
        assert.equal(new Set(all).size, all.length);
      }
      const { parameters } = await trainSystem(
        system,
        target,
        sources === "many" ? [first, second] : [first],
        once,
      );
      for (const values of Object.values(parameters)) assert.ok(values.every(Number.isFinite));
    });
  }

  Deno.test(`${name} ${transductive ? "has" : "does not have"} parameters for each item`, () => {
    const [ours, theirs] = [target, larger].map((domain) => shapesOf(system.createModel(domain, sizes)));
    assert.deepEqual(Object.keys(theirs), Object.keys(ours));
    const growing = Object.keys(ours).filter((parameter) =>
      theirs[parameter][0] - ours[parameter][0] === larger.itemIds.length - target.itemIds.length
    );
    assert.equal(growing.length > 0, transductive, growing.join(", "));
  });

  if (inductive) {
    Deno.test(`${name} ranks items that it was never trained on, far beyond chance`, async () => {
      const { seen, withheld } = withholdItems(target, 0.2, 3);
      const short = { learningRate: 3e-3, batchSize: 64, epochs: 20, patience: 2 };
      const options = { ...short, seed: 1, sizes, sources: [first], pretraining: short };
      const trained = await (await system.plan(seen, options)).train({ engine, runs: null });
      const { ranks, means } = await measureNewItems(trained, target, withheld);
      assert.ok(ranks.every((rank) => rank >= 0 && rank < target.itemIds.length));
      const chance = 10 / target.itemIds.length;
      const recall = means!["Recall@10"];
      assert.ok(recall > 2 * chance, `Recall@10 ${recall}, chance ${chance}`);
    });
  } else {
    Deno.test(`${name} cannot recommend items that it was not trained on`, async () => {
      const { model, parameters } = await trainSystem(system, target, [first], once);
      const trained = { card: null, tensors: tensorsOf(model, parameters) };
      assert.deepEqual(startingParameters(trained, model), parameters);
      assert.throws(() => startingParameters(trained, system.createModel(larger, sizes)), {
        name: CheckpointError.name,
        message: /items\.embedding: saved \[\d+, 16\], expected \[\d+, 16\]/,
      });
    });
  }
}

// PeterRec ranks for other users and from other sequences than the systems of Table 3: it is trained in its own way
{
  const sharing = (domain: Domain) => ({ ...domain, userIds: first.userIds });
  const train = (source: Domain, target: Domain) => {
    const options = { learningRate: 3e-3, batchSize: 64, epochs: 1, seed: 1 };
    return trainPeterRec(engine, source, target, sizes, { ...options, pretraining: options });
  };
  const { name, abilities } = peterrec;

  Deno.test(`${name} learns from one source: what is trained depends on the users' sequences there`, async () => {
    assert.equal(abilities.sources, "one");
    const { parameters, pretrained } = await train(first, sharing(target));
    const other = await train(backwards(first), sharing(target));
    assert.notDeepEqual(other.pretrained!.parameters, pretrained!.parameters);
    assert.notDeepEqual(other.parameters, parameters);
  });

  Deno.test(`${name} needs users who are in both domains`, () => {
    assert.equal(abilities.withoutOverlap, false);
    return assert.rejects(train(first, target), {
      name: "DataError",
      message: /^users of First and Target: expected some who are in both/,
    });
  });

  Deno.test(`${name} has parameters for each item, and cannot recommend items that it was not trained on`, async () => {
    assert.deepEqual([abilities.transductive, abilities.inductive], [true, false]);
    const { model, parameters } = await train(first, sharing(target));
    const trained = { card: null, tensors: tensorsOf(model, parameters) };
    assert.deepEqual(startingParameters(trained, model), parameters);
    const forLarger = (await train(first, sharing(larger))).model;
    assert.throws(() => startingParameters(trained, forLarger), {
      name: CheckpointError.name,
      message: /items\.embedding: saved \[30, 16\], expected \[40, 16\]/,
    });
  });
}
