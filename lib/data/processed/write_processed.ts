import { checksumOf } from "../../checksum.ts";
import { DataError } from "../../errors.ts";
import { makeFolder, writeFileAtomically } from "../../write_file.ts";
import { checkDomain } from "../check_domain.ts";
import type { Domain, FeatureTable, Sequences } from "../domain.ts";
import { historyLimit } from "./join_prefixes.ts";
import type { FeatureNote } from "../features/width.ts";
import { interHeader } from "./read_inter.ts";
import { textHeader } from "./read_texts.ts";
import { historyOf, splitName, targetOf } from "../split.ts";

/** Users whose lines are put together at a time. */
const chunkUsers = 1000;

/**
 * Writes a domain in the processed format that RecBole and UniSRec share, for `readProcessedDomain` and other tools.
 *
 * The files are written to a temporary folder that is then renamed: `folder` holds all of them or is not there.
 *
 * @param folder must not exist yet, or be empty
 * @throws {DataError} if the domain is incomplete or split by time, or a text or identifier does not fit into a line
 */
export async function writeProcessedDomain(folder: string, domain: Domain): Promise<void> {
  const { name, itemIds, itemTexts, userIds, sequences, features } = checkDomain(
    domain,
    `data set ${domain.name}`,
  );
  if (sequences.split) {
    throw unwritable(name, "a leave-one-out split, a target of every user", splitName(sequences));
  }
  const files: [suffix: string, chunks: Uint8Array[]][] = [
    ["train.inter", encodeInter(sequences, (user) => trainLines(sequences, user))],
    ["valid.inter", encodeInter(sequences, (user) => [targetLine(sequences, user, "valid")])],
    ["test.inter", encodeInter(sequences, (user) => [targetLine(sequences, user, "test")])],
    ["item2index", [encodeLines(indexLines(name, itemIds))]],
    ["user2index", [encodeLines(indexLines(name, userIds))]],
  ];
  if (itemTexts) files.push(["text", [encodeLines([textHeader, ...textLines(name, itemIds, itemTexts)])]]);
  if (features) {
    const encoded = encodeFeatures(features);
    files.push(["feat1CLS", [encoded]]);
    const { rows, width, encoder } = features;
    const note: FeatureNote = { rows, width, encoder, features: checksumOf([encoded]) };
    files.push(["feat1CLS.json", [encodeLines([JSON.stringify(note)])]]);
  }

  const temporary = `${folder}.${crypto.randomUUID()}.tmp`;
  await makeFolder(temporary);
  try {
    for (const [suffix, chunks] of files) await writeFileAtomically(`${temporary}/${name}.${suffix}`, chunks);
    await Deno.rename(temporary, folder);
  } catch (cause) {
    await Deno.remove(temporary, { recursive: true });
    throw cause;
  }
}

function encodeInter(sequences: Sequences, linesOf: (user: number) => string[]): Uint8Array[] {
  const chunks = [encodeLines([interHeader])];
  const users = [...sequences.offsets.keys()].slice(0, -1);
  for (let first = 0; first < users.length; first += chunkUsers) {
    chunks.push(encodeLines(users.slice(first, first + chunkUsers).flatMap(linesOf)));
  }
  return chunks;
}

/** One line per prefix, the longest first, as in the files that UniSRec's authors released. */
function trainLines(sequences: Sequences, user: number): string[] {
  const items = historyOf(sequences, user, "train");
  return Array.from(items.subarray(1), (_, i) => interLine(user, items.subarray(0, i + 1), items[i + 1]))
    .reverse();
}

function targetLine(sequences: Sequences, user: number, part: "valid" | "test"): string {
  return interLine(user, historyOf(sequences, user, part), targetOf(sequences, user, part));
}

function interLine(user: number, history: Int32Array, target: number): string {
  return `${user}\t${history.subarray(-historyLimit).join(" ")}\t${target}`;
}

function indexLines(name: string, ids: string[]): string[] {
  return ids.map((id, index) => {
    if (!/^[^\t\r\n]+$/.test(id)) throw unwritable(name, "an identifier without tabs and line breaks", id);
    return `${id}\t${index}`;
  });
}

function textLines(name: string, itemIds: string[], itemTexts: string[]): string[] {
  return itemTexts.map((text, item) => {
    if (/[\r\n]/.test(text)) {
      throw unwritable(name, `a text of item ${itemIds[item]} without line breaks`, text);
    }
    return `${itemIds[item]}\t${text}`;
  });
}

function encodeFeatures({ values }: FeatureTable): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function encodeLines(lines: string[]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
}

function unwritable(name: string, expected: string, found: string): DataError {
  return new DataError({
    where: `data set ${name}`,
    expected,
    found: JSON.stringify(found),
    advice: "The processed format cannot hold it: change it before writing.",
  });
}
