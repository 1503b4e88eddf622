import { targetOf } from "../../data/split.ts";
import { quantiles } from "../../evaluation/quantiles.ts";
import { itemsOf, type Transition } from "../../studies/transitions.ts";
import type { SharedTransition } from "../../studies/transitions_shared.ts";
import type { TextDomain } from "../../text/with_texts.ts";
import { describeItem } from "./recommendation_table.ts";
import { showingItself, type Table } from "../output/table.ts";

/** Makes a table of transitions that users of sources and of the target share, with how much alike they are. */
export function sharedTransitionsTable(
  caption: string,
  found: readonly SharedTransition[],
  target: TextDomain,
): Table {
  return showingItself({
    caption,
    columns: [
      { name: "case", heading: "Case" },
      { name: "source", heading: "Source" },
      { name: "source transition", heading: "A user there" },
      { name: "target transition", heading: `A user of ${target.name}` },
      { name: "start cosine", heading: "cos start", digits: 2 },
      { name: "end cosine", heading: "cos end", digits: 2 },
      { name: "transition cosine", heading: "cos change", digits: 2 },
    ],
    rows: found.map(({ domain, source, target: ours, startCosine, endCosine, transitionCosine }, at) => [
      at + 1,
      domain.name,
      describeTransition(source, domain),
      describeTransition(ours, target),
      startCosine,
      endCosine,
      transitionCosine,
    ]),
  });
}

function describeTransition(transition: Transition, domain: TextDomain): string {
  return itemsOf(domain.sequences, transition).map((item) => describeItem(item, domain)).join(" → ");
}

/** How a model ranks the users' test items. */
export interface ModelRanks {
  model: string;
  /** Counted from 0; −1 for a user without a history. `[users]` */
  ranks: Int32Array;
}

/**
 * Makes a table of how models rank the test items that end the target's transitions, counted from 1.
 *
 * The last row is the median over all users, for comparison.
 */
export function caseRanksTable(
  found: readonly SharedTransition[],
  models: readonly ModelRanks[],
  target: TextDomain,
): Table {
  return showingItself({
    caption: `Rank of the test item among the ${target.itemIds.length} items of ${target.name}`,
    columns: [
      { name: "case", heading: "Case" },
      { name: "item", heading: "Test item" },
      ...models.map(({ model }) => ({ name: model, heading: model })),
    ],
    rows: [
      ...found.map(({ target: { user } }, at) => [
        String(at + 1),
        describeItem(targetOf(target.sequences, user, "test"), target),
        ...models.map(({ ranks }) => ranks[user] + 1),
      ]),
      ["all users", "median", ...models.map(({ ranks }) => medianRank(ranks))],
    ],
  });
}

/** Returns the median rank of the users who have one, counted from 1. */
function medianRank(ranks: Int32Array): number {
  return quantiles(ranks.filter((rank) => rank >= 0), [0.5])[0] + 1;
}
