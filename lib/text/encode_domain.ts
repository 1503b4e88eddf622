import { join } from "node:path";
import type { Domain, FeatureTable } from "../data/domain.ts";
import { withoutSilentItems } from "../data/without_items.ts";
import { DataError } from "../errors.ts";
import { type BertOptions, loadBert } from "./encoder/encoder.ts";
import { encodeShard, encodeToFile, type EncodingProgress, type Shard } from "./files/feature_file.ts";
import { readEncoded } from "./files/publish_features.ts";
import { dropWords, type WordDropOptions } from "./word_drop.ts";
import { makeFolder } from "../write_file.ts";

/** What encodes the texts, and where the vectors go. */
export interface EncodingOptions {
  encoder: BertOptions;
  /** Where the vectors are kept: they are computed once, and an interrupted encoding goes on. */
  folder: string;
  observe?: (progress: EncodingProgress) => void;
}

/**
 * Returns the domain with its texts encoded anew by a language model, whatever features it had; items whose text says
 * nothing are left out, and how many is printed.
 *
 * The vectors are kept as `<folder>/<name>.feat1CLS`.
 *
 * @throws {DataError} if the domain has no texts, one of them is empty, or the model is not to be had
 */
export async function encodeDomain(
  domain: Domain,
  options: EncodingOptions,
): Promise<Domain & { features: FeatureTable }> {
  const telling = withoutSilentItems(domain);
  return { ...telling, features: await encode(textsOf(telling), firstFile(domain), options) };
}

/**
 * Encodes the domain's texts with some of their words dropped, for pre-training.
 *
 * The vectors are kept as `<folder>/<name>.feat2CLS`.
 *
 * @throws {DataError} as `encodeDomain`
 * @throws {ParameterError} if the ratio is not in [0, 1)
 */
export function encodeWithWordDrop(
  domain: Domain,
  options: EncodingOptions,
  drop: WordDropOptions = {},
): Promise<FeatureTable> {
  return encode(dropWords(textsOf(domain), drop), droppedFile(domain), options);
}

/**
 * Encodes one share of a domain's texts; other processes encode the others. `encodeDomain`, and `encodeWithWordDrop` where
 * it is pre-trained on, then put them together.
 *
 * @param isSource whether its texts with some words dropped are encoded, too
 * @returns how many texts were encoded
 * @throws {DataError} as `encodeDomain`
 */
export async function encodeDomainShard(
  domain: Domain,
  { encoder: bert, folder, observe }: EncodingOptions,
  shard: Shard,
  isSource: boolean,
): Promise<number> {
  const texts = textsOf(withoutSilentItems(domain));
  const files = [
    { name: firstFile(domain), texts },
    ...(isSource ? [{ name: droppedFile(domain), texts: dropWords(texts) }] : []),
  ];
  const encoder = await loadBert(bert);
  let encoded = 0;
  try {
    await makeFolder(folder);
    for (const { name, texts } of files) {
      encoded += (await encodeShard(join(folder, name), texts, encoder, shard, observe)).encoded;
    }
  } finally {
    await encoder.release();
  }
  return encoded;
}

const firstFile = ({ name }: Pick<Domain, "name">) => `${name}.feat1CLS`;
const droppedFile = ({ name }: Pick<Domain, "name">) => `${name}.feat2CLS`;

async function encode(texts: string[], fileName: string, options: EncodingOptions): Promise<FeatureTable> {
  const { encoder: bert, folder, observe } = options;
  const encoder = await loadBert(bert);
  try {
    await makeFolder(folder);
    const path = join(folder, fileName);
    await encodeToFile(path, texts, encoder, observe);
    return await readEncoded(path);
  } finally {
    await encoder.release();
  }
}

function textsOf({ name, itemTexts }: Domain): string[] {
  if (itemTexts) return itemTexts;
  throw new DataError({
    where: `data set ${name}`,
    expected: "item texts",
    found: "none",
    advice: `Put ${name}.text into the data set's folder.`,
  });
}
