import { fileURLToPath } from "node:url";
import type { Domain, FeatureTable } from "../data/domain.ts";
import { encodeDomain, encodeDomainShard, encodeWithWordDrop } from "./encode_domain.ts";
import type { BertOptions } from "./encoder/encoder.ts";
import type { EncodingProgress, Shard } from "./files/feature_file.ts";
import { offlineEncoder } from "./offline_encoder.ts";
import { withFeatures } from "./with_features.ts";
import { type AugmentedDomain, withWordDrop } from "./with_word_drop.ts";

/** A language model: its folder or name, or that with its pooling, prefix, precision and so on. */
export type EncoderChoice = string | (BertOptions & { model: string });

/** What encodes the texts of domains. */
export interface TextEncoding {
  /**
   * A folder or a model of the Hugging Face Hub, by its name or with how it is used; null takes ready features, else the
   * offline encoder.
   */
  bertModel: EncoderChoice | null;
  /** Where a language model's vectors are kept; the project's `data/processed/features` by default. */
  folder?: string;
  /** Is told how far a language model is, and with which feature file. */
  observe?: (progress: EncodingProgress, file: string) => void;
}

const featuresFolder = fileURLToPath(new URL("../../data/processed/features", import.meta.url));

/**
 * Returns the domains with text features.
 *
 * A language model encodes the texts anew, one domain after the other; its vectors are kept and taken again where
 * texts and model are the same. Without one a domain's own features are taken, else its texts are encoded offline.
 *
 * @throws {DataError} if a domain lacks the texts, one of them is empty, or the model is not to be had
 * @example
 * ```ts
 * import { makeSample } from "../data/sample/sample.ts";
 * import { encodeTexts } from "./encode_texts.ts";
 * import assert from "node:assert/strict";
 *
 * const [domain] = await encodeTexts(makeSample().targets, { bertModel: null });
 * assert.equal(domain.features.rows, domain.itemIds.length);
 * ```
 */
export async function encodeTexts(
  domains: readonly Domain[],
  { bertModel, ...kept }: TextEncoding,
): Promise<(Domain & { features: FeatureTable })[]> {
  if (bertModel === null) return domains.map(withFeatures);
  const encoded = [];
  for (const domain of domains) {
    // what the data set brings belongs to the features that are replaced
    const bare = { ...domain, wordDropped: null };
    encoded.push(await encodeDomain(bare, encodingOf(bertModel, kept, `${domain.name}.feat1CLS`)));
  }
  return encoded;
}

/**
 * Returns domains to pre-train on: as `encodeTexts`, with the features of the same texts with some words dropped.
 *
 * @throws {DataError} as `encodeTexts`
 */
export async function encodeSources(
  domains: readonly Domain[],
  { bertModel, ...kept }: TextEncoding,
): Promise<AugmentedDomain[]> {
  if (bertModel === null) return domains.map(withWordDrop);
  const encoded = [];
  for (const domain of await encodeTexts(domains, { bertModel, ...kept })) {
    const options = encodingOf(bertModel, kept, `${domain.name}.feat2CLS`);
    encoded.push({ ...domain, wordDropped: await encodeWithWordDrop(domain, options) });
  }
  return encoded;
}

/**
 * Encodes one share of the texts of a domain by a language model; other processes encode the other shares, and `encodeTexts`
 * or `encodeSources` puts them together.
 *
 * @param isSource whether it is pre-trained on, so that its texts with some words dropped are wanted, too
 * @returns how many texts were encoded
 * @throws {DataError} as `encodeTexts`
 */
export async function encodeTextsShard(
  domain: Domain,
  { bertModel, ...kept }: TextEncoding & { bertModel: EncoderChoice },
  shard: Shard,
  isSource: boolean,
): Promise<number> {
  const options = encodingOf(bertModel, kept, `${domain.name}, share ${shard.number} of ${shard.of}`);
  return await encodeDomainShard(domain, options, shard, isSource);
}

/**
 * Says in a sentence what encoded the texts, so that nobody takes the offline encoder for a language model.
 *
 * @returns what goes after another sentence: a space and the sentence; nothing for features that came in files
 */
export function describeEncoding(
  bertModel: EncoderChoice | null,
  domains: readonly Pick<Domain, "name" | "features">[],
): string {
  if (bertModel !== null) {
    const { model, ...how } = typeof bertModel === "string" ? { model: bertModel } : bertModel;
    const said = Object.entries(how).map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(", ");
    return ` Texts encoded by ${model}${said && ` (${said})`}.`;
  }
  const offline = domains.filter(({ features }) => features?.encoder === offlineEncoder);
  if (offline.length === 0) return "";
  const names = offline.map(({ name }) => `**${name}**`).join(", ");
  return ` Texts encoded offline, not by a language model: ${names}.`;
}

function encodingOf(
  choice: EncoderChoice,
  { folder, observe }: Omit<TextEncoding, "bertModel">,
  file: string,
) {
  return {
    encoder: typeof choice === "string" ? { model: choice } : choice,
    folder: folder ?? featuresFolder,
    observe: (progress: EncodingProgress) => observe?.(progress, file),
  };
}
