import { countOf } from "../../count_of.ts";
import { DataError } from "../../errors.ts";
import { checkDomain } from "../check_domain.ts";
import { type Domain, packSequences } from "../domain.ts";
import { createIdIndex } from "../log/id_index.ts";
import type { RawData } from "../log/raw_data.ts";
import { plainName } from "../reading/columns.ts";
import { isMissing } from "../reading/missing.ts";
import { describeRows } from "../reading/row_report.ts";
import { streamLines } from "../reading/stream_lines.ts";
import { cleanId } from "../reading/table.ts";
import { shortestSequence } from "../split.ts";
import { withoutSilentItems } from "../without_items.ts";

/** A user's or session's sequence in the making, from its lines. */
interface Known {
  id: string;
  /** Each line's history and next item, as item numbers. */
  lines: { items: number[]; where: string }[];
}

/**
 * Reads RecBole's split files whose lines hold a history and the next item, as its session-based example has them:
 * identifiers of any kind, and each session in one of the files, or in several.
 *
 * The sequences of all files are put together and split anew by leaving the last items out; those of fewer than three
 * items are left out and counted.
 *
 * @param say is told what was left out
 * @throws {DataError} if a file is malformed, or a user's lines are not those of one sequence
 */
export async function readPrefixes(
  paths: readonly string[],
  name: string,
  readTexts: RawData["readTexts"],
  say: (line: string) => void,
): Promise<Domain> {
  const items = createIdIndex(), users = createIdIndex();
  const known: Known[] = [];
  let rows = 0;
  for (const path of paths) {
    let places: { user: number; list: number; item: number; width: number } | null = null;
    await streamLines(path, (line, number) => {
      if (line === "") return;
      const cells = line.split("\t"), where = `${path}:${number}`;
      if (places === null) {
        places = placesIn(cells, where);
        return;
      }
      const [user, list, item] = [cells[places.user], cells[places.list], cells[places.item]].map((cell) =>
        cleanId(cell ?? "")
      );
      if (cells.length !== places.width || isMissing(user) || isMissing(item)) {
        throw malformed(where, `${places.width} values, with a user and an item`, line);
      }
      rows++;
      const at = users.numberOf(user);
      const history = list === "" ? [] : list.split(" ").map(items.numberOf);
      (known[at] ??= { id: user, lines: [] }).lines.push({
        items: [...history, items.numberOf(item)],
        where,
      });
    });
  }
  const lists = known.map(join);
  const kept = lists.flatMap((list, user) => list.length >= shortestSequence ? [user] : []);
  say(
    `${paths.join(", ")}: ${countOf(rows, "row")} of ${countOf(lists.length, "sequence")}, of which ` +
      `${
        lists.length - kept.length
      } of fewer than ${shortestSequence} items were left out. Its parts were put ` +
      "together, to be split anew.",
  );
  const read = readTexts && await readTexts(new Set(items.ids));
  if (read?.report) say(describeRows(read.report));
  const domain: Domain = {
    name,
    itemIds: items.ids,
    itemTexts: read && items.ids.map((id) => read.texts.get(id) ?? ""),
    userIds: kept.map((user) => known[user].id),
    sequences: packSequences(kept.map((user) => lists[user])),
    features: null,
  };
  return checkDomain(withoutSilentItems(domain, say), paths[0]);
}

function placesIn(header: string[], where: string) {
  const names = header.map(plainName);
  const find = (pattern: RegExp) => names.findIndex((name) => pattern.test(name));
  const places = {
    user: find(/^(user|session)id$/),
    list: header.findIndex((name) => /^item.*:token_seq$/.test(name)),
    item: find(/^itemid$/),
    width: header.length,
  };
  if (places.user >= 0 && places.list >= 0 && places.item >= 0) return places;
  throw malformed(
    where,
    "a header with session_id:token or user_id:token, item_id_list:token_seq and item_id:token",
    header.join("\t"),
  );
}

/** Puts a sequence together: each line goes on where a shorter one ended, and may show its last items only. */
function join({ id, lines }: Known): number[] {
  const isDownwards = lines.length > 1 && lines[0].items.length > lines[lines.length - 1].items.length;
  const ordered = (isDownwards ? lines.toReversed() : lines).toSorted((a, b) =>
    a.items.length - b.items.length
  );
  const sequence = [...ordered[0].items];
  for (const { items, where } of ordered.slice(1)) {
    const history = items.slice(0, -1);
    if (items.length <= sequence.length && endsWith(sequence, items)) continue;
    // lines may be missing in between: what a line shows of the history then says what was in them
    const overlap = Math.min(history.length, sequence.length);
    const isWhole = history.length >= sequence.length && sequence.every((item, i) => item === history[i]);
    if (isWhole) sequence.push(...items.slice(sequence.length));
    else if (endsWith(sequence, history.slice(-overlap))) sequence.push(items[items.length - 1]);
    else {
      throw new DataError({
        where,
        expected: `a history that goes on where the shorter ones of ${id} end`,
        found: "another one",
        advice: "Each user or session must have one sequence in all files together.",
      });
    }
  }
  return sequence;
}

function endsWith(sequence: readonly number[], end: readonly number[]): boolean {
  return end.every((item, i) => item === sequence[sequence.length - end.length + i]);
}

function malformed(where: string, expected: string, line: string): DataError {
  return new DataError({
    where,
    expected,
    found: JSON.stringify(line.slice(0, 80)),
    advice: "Take the files as RecBole has written them.",
  });
}
