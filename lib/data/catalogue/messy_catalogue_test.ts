import assert from "node:assert/strict";
import { createGenerator, integer, shuffle, uniform } from "../../random.ts";
import { sequenceOf } from "../domain.ts";
import { inFolder } from "../test_helpers.ts";
import { type Catalogue, readCatalogue } from "./read_catalogue.ts";
import { unchosenItems } from "./unchosen_items.ts";

const rowCount = 20_000;
const core = 5;
/** Items 0 … 379 are chosen and 380 … 399 never; 40 … 59 are not listed, and 60 … 69 are listed without a text. */
const chosenItems = 380, allItems = 400;
const isListed = (item: number) => item < 40 || item >= 60;
const isDescribed = (item: number) => isListed(item) && (item < 60 || item >= 70);

/** What a row means, however it is written; null where the cell is empty. */
interface Row {
  user: number | null;
  item: number | null;
  minute: number | null;
}

const generator = createGenerator(77);
const pick = <T>(...values: T[]): T => values[integer(generator, values.length)];
const skewed = (count: number) => Math.floor(count * uniform(generator) ** 2);

const userName = (user: number) => `Zoë ‘${user}’ 漢 🦊`;
const itemName = (item: number) => `no. ${item}, "size ${item % 7}"`;
const textOf = (item: number) => `Café table ${item}, round`;

/** Writes a cell in one of the ways that mean the same. */
function misspell(text: string): string {
  const spelt = pick(
    text,
    text.normalize("NFD"),
    ` ${text} `,
    text.replace(" ", pick("  ", "\r\n", "\u00a0")),
  );
  return /[",\r\n]/.test(spelt) || pick(true, false) ? `"${spelt.replaceAll('"', '""')}"` : spelt;
}

function makeRows(): Row[] {
  const rows: Row[] = [];
  while (rows.length < rowCount) {
    const draw = uniform(generator);
    if (rows.length > 0 && draw < 0.04) {
      rows.push(pick(...rows.slice(-100)));
      continue;
    }
    const row: Row = { user: skewed(900), item: skewed(chosenItems), minute: integer(generator, 200_000) };
    if (draw > 0.98) row[pick("user", "item", "minute")] = null;
    if (draw > 0.995) row[pick("user", "item", "minute")] = null;
    rows.push(row);
  }
  return shuffle(generator, rows);
}

function writeRows(rows: Row[]): string {
  const lines = rows.map(({ user, item, minute }) => {
    const moment = minute === null
      ? ""
      : new Date(Date.UTC(2023, 0, 1) + minute * 60_000).toISOString().slice(0, pick(16, 19))
        .replace("T", pick("T", " "));
    const cells = [
      user === null ? pick("", " ", '""') : misspell(userName(user)),
      moment,
      "9.99",
      item === null ? "" : misspell(itemName(item)),
    ];
    return cells.join(",") + pick("\n", "\r\n", "\n\n");
  });
  return `\ufeffUser,Time,Price,Item\r\n${lines.join("")}`;
}

function writeItems(): { csv: string; counts: number[] } {
  const listed = shuffle(generator, [...Array(allItems).keys()].filter(isListed));
  const line = (item: number, text: string) => `${misspell(itemName(item))},${text}`;
  const lines = listed.map((item) => line(item, isDescribed(item) ? misspell(textOf(item)) : "—"));
  const again = listed.filter(isDescribed).slice(0, 15).map((item) => line(item, "another text"));
  const nameless = Array(6).fill(',"a text, of nothing"');
  const textless = listed.filter((item) => !isDescribed(item)).length;
  const all = [...lines, ...again, ...nameless];
  return {
    csv: ["item,text", ...all].join("\n"),
    counts: [all.length, nameless.length, textless, again.length],
  };
}

/** Counts the same as the reader, on the rows' meanings and with nothing but sets and loops. */
function countPlainly(rows: Row[]) {
  const counts = { user: 0, item: 0, time: 0, repeated: 0, textless: 0 };
  const seen = new Set<string>();
  let kept: { user: string; item: string; minute: number }[] = [];
  for (const { user, item, minute } of rows) {
    if (user === null) counts.user++;
    else if (item === null) counts.item++;
    else if (minute === null) counts.time++;
    else if (seen.has(`${user}/${item}/${minute}`)) counts.repeated++;
    else {
      seen.add(`${user}/${item}/${minute}`);
      if (!isDescribed(item)) counts.textless++;
      else kept.push({ user: userName(user), item: itemName(item), minute });
    }
  }
  const described = kept;
  for (let before = -1; before !== kept.length;) {
    before = kept.length;
    for (const key of ["user", "item"] as const) {
      const total = new Map<string, number>();
      for (const row of kept) total.set(row[key], (total.get(row[key]) ?? 0) + 1);
      kept = kept.filter((row) => total.get(row[key])! >= core);
    }
  }
  return { counts, described, kept };
}

Deno.test("20,000 messy rows: every count is that of a plain count, and every sequence is right", async () => {
  const rows = makeRows();
  const { csv, counts: itemCounts } = writeItems();
  let catalogue: Catalogue;
  await inFolder({ "interactions.csv": writeRows(rows), "items.csv": csv }, async (folder) => {
    const files = { interactions: `${folder}/interactions.csv`, items: `${folder}/items.csv` };
    catalogue = await readCatalogue(files, "Shop", { core });
  });
  const { domain, whole, reports } = catalogue!;
  const { counts, described, kept } = countPlainly(rows);

  assert.deepEqual([reports.items.rows, ...reports.items.skipped.map(({ rows }) => rows)], itemCounts);
  assert.equal(reports.interactions.rows, rowCount);
  assert.deepEqual(reports.interactions.skipped.map(({ rows }) => rows), Object.values(counts));
  for (const count of [...Object.values(counts), described.length - kept.length]) assert.ok(count > 10);

  assert.equal(whole.sequences.items.length, described.length);
  assert.equal(domain.sequences.items.length, kept.length);
  assert.deepEqual(domain.userIds.toSorted(), [...new Set(kept.map(({ user }) => user))].sort());
  assert.deepEqual(domain.itemIds.toSorted(), [...new Set(kept.map(({ item }) => item))].sort());
  const unchosen = Array.from(unchosenItems(whole), (item) => whole.itemIds[item]);
  const expected = [...Array(allItems).keys()].filter(isDescribed).map(itemName)
    .filter((name) => described.every(({ item }) => item !== name));
  assert.ok(expected.length >= 20);
  assert.deepEqual(unchosen.toSorted(), expected.sort());
  for (const [index, name] of whole.itemIds.entries()) {
    assert.equal(whole.itemTexts![index], textOf(Number(name.match(/\d+/)![0])));
  }

  const minutesOf = Map.groupBy(kept, ({ user }) => user);
  for (const [user, name] of domain.userIds.entries()) {
    const own = minutesOf.get(name)!;
    const ids = Array.from(sequenceOf(domain.sequences, user), (item) => domain.itemIds[item]);
    // within a minute the order is free: the minutes of the sequence must be those of the log in order
    const left = own.toSorted((a, b) => a.minute - b.minute);
    for (const id of ids) {
      const at = left.findIndex(({ item, minute }) => item === id && minute === left[0].minute);
      assert.ok(at >= 0, `${name}: ${id}`);
      left.splice(at, 1);
    }
    assert.equal(left.length, 0);
  }
});
