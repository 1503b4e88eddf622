import { join } from "node:path";
import { DataError } from "../../errors.ts";
import { makeFolder, writeFileAtomically } from "../../write_file.ts";
import { checkDomain } from "../check_domain.ts";
import { type Domain, sequenceOf, userCount } from "../domain.ts";

/** Lines that are encoded at a time. */
const linesOfChunk = 100_000;

/**
 * Writes a domain as RecBole's atomic files, to train that library's models on the same interactions: `NAME.inter`, and
 * `NAME.item` where items have texts.
 *
 * What a domain keeps of times is their order: `timestamp` is an interaction's place in its user's sequence. Under
 * RecBole's `eval_args: {order: TO, split: {LS: valid_and_test}}` the same items are held out as here. A domain that is
 * split by time becomes `NAME.train.inter`, `NAME.valid.inter` and `NAME.test.inter`, for `benchmark_filename`.
 *
 * @param folder is made, if it is not there; RecBole wants one that is called as the data set
 * @returns the files' paths
 * @throws {DataError} if the domain is incomplete, or an identifier has a tab or a line end
 * @throws {StorageError} if the files cannot be written
 * @example
 * ```ts
 * import { domainOf } from "../domain_of.ts";
 * import { saveRecBole } from "./save_recbole.ts";
 *
 * const rows = ["ann", "bob", "cai", "dan", "eva"].flatMap((user) =>
 *   ["mug", "lamp", "rope", "drill", "chair"].map((item, time) => ({ user, item, time }))
 * );
 * const folder = `${Deno.makeTempDirSync()}/Shop`;
 * await saveRecBole(await domainOf(rows, "Shop", () => {}), folder);
 * console.info(await Deno.readTextFile(`${folder}/Shop.inter`));
 * ```
 */
export async function saveRecBole(domain: Domain, folder: string): Promise<string[]> {
  const { name, itemIds, itemTexts, userIds, sequences } = checkDomain(domain, `data set ${domain.name}`);
  const [users, items] = [tokens(name, "user", userIds), tokens(name, "item", itemIds)];
  const { split } = sequences;
  const files: [name: string, lines: Iterable<string>][] = split
    ? [
      [`${name}.train.inter`, interactions(() => 0, (user) => split.trainEnds[user])],
      [`${name}.valid.inter`, interactions((user) => split.trainEnds[user], (user) => split.validEnds[user])],
      [`${name}.test.inter`, interactions((user) => split.validEnds[user], (user) => lengthOf(user))],
    ]
    : [[`${name}.inter`, interactions(() => 0, lengthOf)]];
  if (itemTexts) files.push([`${name}.item`, itemLines(items, itemTexts)]);

  await makeFolder(folder);
  const paths: string[] = [];
  for (const [file, lines] of files) {
    paths.push(join(folder, file));
    await writeFileAtomically(paths.at(-1)!, encodeLines(lines));
  }
  return paths;

  function lengthOf(user: number): number {
    return sequences.offsets[user + 1] - sequences.offsets[user];
  }

  function* interactions(begin: (user: number) => number, end: (user: number) => number) {
    yield "user_id:token\titem_id:token\ttimestamp:float";
    for (let user = 0; user < userCount(sequences); user++) {
      const sequence = sequenceOf(sequences, user);
      for (let at = begin(user); at < end(user); at++) yield `${users[user]}\t${items[sequence[at]]}\t${at}`;
    }
  }
}

function* itemLines(items: string[], texts: string[]) {
  yield "item_id:token\ttitle:token_seq";
  for (let item = 0; item < items.length; item++) yield `${items[item]}\t${texts[item].replace(/\s+/g, " ")}`;
}

function tokens(name: string, what: string, ids: string[]): string[] {
  const bad = ids.find((id) => /[\t\r\n]/.test(id));
  if (bad === undefined) return ids;
  throw new DataError({
    where: `data set ${name}, ${what} ${JSON.stringify(bad)}`,
    expected: "an identifier without tabs and line ends, which separate values in RecBole's files",
    found: "one with them",
    advice: "Rename it before the domain is made.",
  });
}

function encodeLines(lines: Iterable<string>): Uint8Array[] {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  let part: string[] = [];
  const flush = () => {
    chunks.push(encoder.encode(part.map((line) => `${line}\n`).join("")));
    part = [];
  };
  for (const line of lines) {
    if (part.push(line) === linesOfChunk) flush();
  }
  flush();
  return chunks;
}
