import { join } from "node:path";
import { createGenerator, type Generator, integer, shuffle, uniform } from "../../random.ts";
import { makeFolder, writeFileAtomically } from "../../write_file.ts";
import { catalogueFileNames, type CatalogueFiles } from "../catalogue/read_catalogue.ts";
import { type Domain, sequenceOf } from "../domain.ts";
import { withholdItems } from "../withhold_items.ts";
import { makeDomain } from "./sample.ts";
import { demoShop } from "./shops.ts";

/** What the shop sells and who buys is always the same; only the faults have another seed. */
const demoSeed = 2028;
/** The share of the items that nobody has chosen yet. */
const newShare = 0.06;
const faultyShare = 0.02;
const repeatedShare = 0.03;
const visitors = 60;
const minutesPerYear = 365 * 24 * 60;

/**
 * Writes a small catalogue as a shop might export it: two CSV files with everyday faults, the same every time.
 *
 * Some items are new, some users have come only once or twice; rows are missing a user, an item or a time, are there
 * twice, or name items that are not listed; texts hold quotes, commas, line breaks and accents in two spellings.
 *
 * @param folder where `interactions.csv` and `items.csv` are written; it is made if need be
 */
export async function writeDemoCatalogue(folder: string, seed: number): Promise<CatalogueFiles> {
  const generator = createGenerator(seed);
  const { domain: whole } = makeDomain(demoShop, demoSeed);
  const files: CatalogueFiles = {
    interactions: join(folder, catalogueFileNames.interactions),
    items: join(folder, catalogueFileNames.items),
  };
  await makeFolder(folder);
  await writeFileAtomically(files.items, toCsv(["item", "text"], itemRows(whole, generator)));
  const { seen } = withholdItems(whole, newShare, seed);
  await writeFileAtomically(files.interactions, toCsv(["user", "item", "time"], logRows(seen, generator)));
  return files;
}

function itemRows({ itemIds, itemTexts }: Domain, generator: Generator): string[][] {
  const rows = itemIds.map((id, item) => {
    const [title, ...rest] = itemTexts![item].split(". ");
    const remark = pick(generator, ["", "", "", ' "new!"', ", café style".normalize("NFD"), ", café style"]);
    return [id, [title + remark, ...rest].join(pick(generator, [". ", ".\n"]))];
  });
  const textless = shuffle(generator, [...rows.keys()]).slice(0, 3);
  for (const row of textless) rows[row][1] = "";
  return [...rows, ...rows.slice(0, 4), ["", "An item that has lost its number"]];
}

function logRows({ userIds, itemIds, sequences }: Domain, generator: Generator): string[][] {
  const rows = userIds.flatMap((id, user) => {
    let minute = integer(generator, minutesPerYear);
    return Array.from(sequenceOf(sequences, user), (item) => {
      minute += 1 + integer(generator, 5 * 24 * 60);
      return [id, itemIds[item], formatTime(minute)];
    });
  });
  for (let visitor = 0; visitor < visitors; visitor++) {
    for (let visits = 1 + integer(generator, 2); visits > 0; visits--) {
      rows.push([
        `visitor-${visitor}`,
        pick(generator, itemIds),
        formatTime(integer(generator, minutesPerYear)),
      ]);
    }
  }
  const count = rows.length;
  for (let row = 0; row < count; row++) {
    if (uniform(generator) < repeatedShare) rows.push(rows[row]);
    if (uniform(generator) < faultyShare) rows.push(rows[row].with(integer(generator, 3), ""));
    if (uniform(generator) < faultyShare) {
      rows.push(rows[row].with(1, `discontinued-${integer(generator, 9)}`));
    }
  }
  return shuffle(generator, rows);
}

function formatTime(minute: number): string {
  return new Date(Date.UTC(2024, 0, 1) + 60_000 * minute).toISOString().slice(0, 16).replace("T", " ");
}

function pick<T>(generator: Generator, values: readonly T[]): T {
  return values[integer(generator, values.length)];
}

/** Writes CSV as spreadsheets do, with a byte order mark and Windows' line ends. */
function toCsv(header: string[], rows: string[][]): string {
  const quote = (text: string) => /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return "\ufeff" + [header, ...rows].map((row) => row.map(quote).join(",") + "\r\n").join("");
}
