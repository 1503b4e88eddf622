import { sequenceOf } from "../../data/domain.ts";
import type { Transition } from "../../studies/transitions.ts";
import type { KeywordPair } from "../../studies/transitions_by_keywords.ts";
import type { SharedTransition } from "../../studies/transitions_shared.ts";
import type { TextDomain } from "../../text/with_texts.ts";
import { type Card, type CardRow, cardsPerRow, plotCards } from "./case_study_cards.ts";
import type { ModelRanks } from "../tables/case_study_tables.ts";
import type { Recommended } from "../tables/recommendation_table.ts";

/**
 * Draws Figure 5 of the paper: what a user of a source and a user of the target chose, as cards in time order with the
 * transition that both share, then what models recommend to the latter.
 *
 * Of a longer sequence the items up to the transition's end are drawn, and no more than fit in a row.
 *
 * @param keywords what the transition was searched by, or null
 * @param recommended the target user's recommendations by each model; the first few are drawn
 * @param ranks how models rank the users' test items
 */
export function plotCaseStudy(
  shared: SharedTransition,
  target: TextDomain,
  { keywords, recommended, ranks }: {
    keywords: KeywordPair | null;
    recommended: readonly Recommended[];
    ranks: readonly ModelRanks[];
  },
): string {
  const history = sequenceOf(target.sequences, shared.target.user);
  const chosen = history[shared.target.end];
  const total = target.itemIds.length.toLocaleString("en-GB");
  const ranked = ranks.map(({ model, ranks }) => {
    const rank = (ranks[shared.target.user] + 1).toLocaleString("en-GB");
    return `${model} ${rank}`.replaceAll(" ", "\u00a0"); // lines break between models only
  });
  return plotCards([
    historyRow("Source", shared.domain, shared.source, keywords),
    {
      ...historyRow("Target", target, shared.target, keywords),
      note: `Rank of the last item among all ${total}, those before included: ${ranked.join("; ")}`,
    },
    ...recommended.map(({ heading, items }): CardRow => ({
      title: `${heading} recommends as the last item`,
      isSequence: false,
      cards: items.slice(0, cardsPerRow).map(({ index: item }, at) => ({
        label: item === chosen ? `${at + 1} · chosen` : String(at + 1),
        text: nameOf(item, target),
        kind: item === chosen ? "end" : "plain",
      })),
    })),
  ]);
}

function historyRow(
  role: string,
  domain: TextDomain,
  { user, start, end }: Transition,
  keywords: KeywordPair | null,
): CardRow {
  const items = sequenceOf(domain.sequences, user);
  // the start is always drawn, if need be instead of an item between
  const before = Array.from({ length: cardsPerRow - 1 }, (_, at) => end - cardsPerRow + 1 + at);
  if (start < before[0]) before[0] = start;
  const [from, to] = keywords ? keywords.map((keyword) => `: ${keyword}`) : ["", ""];
  const cards = [...before.filter((position) => position >= 0), end].map((position): Card => ({
    label: `item ${position + 1}${
      position === start ? ` · start${from}` : position === end ? ` · end${to}` : ""
    }`,
    text: nameOf(items[position], domain),
    kind: position === start ? "start" : position === end ? "end" : "plain",
  }));
  return {
    title: `${role}: a user of ${domain.name} with ${items.length} items`,
    cards,
    isSequence: true,
  };
}

function nameOf(item: number, { itemTexts, itemIds }: TextDomain): string {
  return itemTexts[item].trim() || itemIds[item];
}
