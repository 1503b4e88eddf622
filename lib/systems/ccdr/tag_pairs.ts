import type { Arrays, ArraySpec } from "../../engine/array_spec.ts";
import { type Generator, integer, shuffle } from "../../random.ts";
import type { Tags } from "../../text/tags.ts";

/** The most tags in a batch. */
const mostTags = 128;

/** How many items stand for a tag in a batch, drawn with replacement: a graph's neighbours, sampled. */
export const itemsPerTag = 8;

/** Two domains and the tags that items of both have. */
interface Bridge {
  from: number;
  to: number;
  /** Numbers of tags. */
  shared: number[];
}

/** Draws the tags of each batch, with items that have them in two domains. */
export interface TagPairs {
  inputs: Record<string, ArraySpec>;
  /** Numbers of the domains that tags connect, each pair once. */
  domains: readonly (readonly [number, number])[];
  /** Draws two domains and some of their tags. */
  draw(generator: Generator): Arrays;
}

/**
 * Makes ready to draw the same tags in two domains at a time.
 *
 * Where the last domain, the target, shares tags with others, it is one of the two.
 *
 * @param firstItems where each domain's items start
 * @returns null if no two domains share two tags, so that there is nothing to tell apart
 */
export function createTagPairs({ items, words }: Tags, firstItems: readonly number[]): TagPairs | null {
  const target = items.length - 1;
  const pairs = items.flatMap((_, from) => items.map((_, to) => ({ from, to })))
    .filter(({ from, to }) => from !== to)
    .map(({ from, to }): Bridge => ({
      from,
      to,
      shared: [...words.keys()].filter((tag) => items[from][tag].length > 0 && items[to][tag].length > 0),
    })).filter(({ shared }) => shared.length >= 2);
  const withTarget = pairs.filter(({ from, to }) => from === target || to === target);
  const bridges = withTarget.length > 0 ? withTarget : pairs;
  if (bridges.length === 0) return null;
  const capacity = Math.min(mostTags, Math.max(...bridges.map(({ shared }) => shared.length)));
  return {
    inputs: {
      "tags/members": { shape: [2 * capacity * itemsPerTag], type: "int32" },
      "tags/weights": { shape: [capacity], type: "float32" },
    },
    domains: bridges.filter(({ from, to }) => from < to).map(({ from, to }) => [from, to]),
    draw(generator) {
      const { from, to, shared } = bridges[integer(generator, bridges.length)];
      const tags = shuffle(generator, shared.slice()).slice(0, capacity);
      const members = new Int32Array(2 * capacity * itemsPerTag);
      for (const [side, domain] of [from, to].entries()) {
        tags.forEach((tag, i) => {
          const having = items[domain][tag];
          const first = (side * capacity + i) * itemsPerTag;
          for (let at = first; at < first + itemsPerTag; at++) {
            members[at] = firstItems[domain] + having[integer(generator, having.length)];
          }
        });
      }
      return {
        "tags/members": members,
        "tags/weights": new Float32Array(capacity).fill(1 / tags.length, 0, tags.length),
      };
    },
  };
}
