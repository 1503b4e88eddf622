import {
  AutoModel,
  AutoTokenizer,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  Tensor,
} from "@xenova/transformers";
import { join } from "node:path";
import { checkPositiveInteger } from "../../checks.ts";
import { exists } from "../../data/files.ts";
import { defaultThreads } from "../../engine/threads.ts";
import { DataError, ParameterError } from "../../errors.ts";
import { familyDefaults } from "./families.ts";
import { hashFile } from "../files/hash_file.ts";
import {
  defaultModelRoot,
  findModel,
  type ModelFolder,
  type ModelName,
  type Precision,
  precisions,
  reason,
  undownloadable,
} from "./model_folder.ts";
import { normaliseRows, type Pooling, poolings } from "./pooling.ts";
import { type Tokenize, tokenizeWith, tokenLimit, truncate, unreadableTokenizer } from "./tokenizer.ts";

/** Which language model to use, and how; its family has its own defaults (`familyDefaults`). */
export interface BertOptions {
  /** A folder, or a model of the Hugging Face Hub: BERT-base, uncased, by default. */
  model?: string;
  /** Branch, tag or commit on the Hub; `main` by default, and `default` for the default model. */
  revision?: string;
  /** What becomes a text's vector: the last hidden state of [CLS] or of the last token, or the mean over all tokens. */
  pooling?: Pooling;
  /** Goes before every text, such as `passage: ` for E5. */
  prefix?: string;
  /** Whether vectors are scaled to length 1. */
  normalise?: boolean;
  /** Tokens of a text that are read: 512 by default, and no more than the model can. */
  maxLength?: number;
  /** `fp32` (default) are the weights as trained; `fp16` of 16 bits; `q8`, of 8 bits, are faster and less exact. */
  dtype?: Precision;
  /** Where models from the Hub are kept, a folder each; the project's `data/models` by default. */
  modelRoot?: string;
}

/** All that a text's vector depends on, besides the text. */
export type EncoderSettings = {
  pooling: Pooling;
  tokenLimit: number;
  /** What goes before every text, if there is anything. */
  prefix?: string;
  /** True where vectors are scaled to length 1. */
  normalised?: true;
  /** SHA-256 of the tokenizer and of the weights. */
  tokenizer: string;
  weights: string;
};

/** A language model that is ready to encode. */
export interface BertEncoder {
  /** Where the model is from. */
  origin: ModelName;
  settings: EncoderSettings;
  /** Numbers per text. */
  width: number;
  /** Returns a text's token numbers, from [CLS] to [SEP], cut to what the model can read. */
  tokenize: Tokenize;
  /** Encodes texts given by their tokens, all at once. `[texts × width]` */
  encode(batch: readonly number[][]): Promise<Float32Array>;
  release(): Promise<void>;
}

/** On this branch the model ends in its last hidden state; on `main` it ends in word predictions. */
const defaultModel = { model: "Xenova/bert-base-uncased", revision: "default" };

/**
 * Loads a BERT model, which makes a vector of an item's text (Eq. 1), from a folder or, where it is not there yet, from
 * the Hugging Face Hub.
 *
 * @throws {ParameterError} if the pooling or the data type is unknown
 * @throws {DataError} if the model is not there and cannot be downloaded, or one of its files is damaged
 */
export async function loadBert(options: BertOptions = {}): Promise<BertEncoder> {
  const { model = defaultModel.model } = options;
  const { revision = model === defaultModel.model ? defaultModel.revision : "main" } = options;
  const { dtype = "fp32", modelRoot = defaultModelRoot, maxLength = tokenLimit } = options;
  checkChoice("dtype", dtype, precisions);
  if (options.pooling !== undefined) checkChoice("pooling", options.pooling, Object.keys(poolings));
  checkPositiveInteger("maxLength", maxLength, "BERT reads 512 tokens.");

  const name = { model, revision, dtype };
  const files = await findModel(name, modelRoot);
  const { tokenizer, network } = await loadFiles(name, files, modelRoot);
  const { width, positions } = readSizes(network, join(files.folder, "config.json"));
  const limit = Math.min(positions, maxLength);
  const family = await familyDefaults(model, files.folder);
  const { pooling = family.pooling, prefix = family.prefix, normalise = family.normalise } = options;
  const tokenize = tokenizeWith(tokenizer);
  return {
    origin: name,
    settings: {
      pooling,
      tokenLimit: limit,
      ...prefix === "" ? {} : { prefix },
      ...normalise ? { normalised: true } as const : {},
      tokenizer: await hashFile(files.tokenizerFile),
      weights: await hashWeights(files.weightsFile),
    },
    width,
    tokenize: (text) => truncate(tokenize(prefix + text), limit),
    async encode(batch) {
      const states = await lastHiddenState(network, batch, width, files.weightsFile);
      const rows = poolings[pooling](states, batch.map((tokens) => tokens.length), width);
      if (!rows.every(Number.isFinite)) {
        throw damaged(files.weightsFile, "weights that give finite numbers", "NaN or ±∞ in a text's vector");
      }
      if (normalise) normaliseRows(rows, width);
      return rows;
    },
    release: async () => void await network.dispose(),
  };
}

async function loadFiles(
  name: ModelName,
  { folder, complete, tokenizerFile, weightsFile }: ModelFolder,
  modelRoot: string,
): Promise<{ tokenizer: PreTrainedTokenizer; network: PreTrainedModel }> {
  const source = complete ? folder : name.model;
  const options = { local_files_only: complete, revision: name.revision, cache_dir: modelRoot };
  const failed = (cause: unknown, problem: () => DataError) =>
    complete ? problem() : undownloadable(name, folder, cause);

  const tokenizer = await AutoTokenizer.from_pretrained(source, options).catch((cause) => {
    throw failed(cause, () => unreadableTokenizer(tokenizerFile, cause));
  });
  const network = await AutoModel.from_pretrained(source, {
    ...options,
    dtype: name.dtype,
    session_options: {
      intraOpNumThreads: defaultThreads(),
      // waiting threads sleep: spinning ones take time from whatever else runs on the machine
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    },
  }).catch((cause) => {
    throw failed(cause, () => damaged(weightsFile, "an ONNX model", reason(cause), cause));
  });
  return { tokenizer, network };
}

function readSizes({ config }: PreTrainedModel, configFile: string): { width: number; positions: number } {
  const { hidden_size: width, max_position_embeddings: positions, model_type: type } =
    config as unknown as Record<
      string,
      unknown
    >;
  if (Number.isInteger(width) && Number.isInteger(positions)) {
    // these count their positions from the padding's number on
    const isShifted = /^(xlm-)?roberta|^camembert|^mpnet/.test(String(type));
    return { width: width as number, positions: (positions as number) - (isShifted ? 2 : 0) };
  }
  throw damaged(
    configFile,
    "integers hidden_size and max_position_embeddings",
    JSON.stringify({ hidden_size: width, max_position_embeddings: positions }),
  );
}

/** Runs the model on texts that are padded to the longest one. `[texts, longest, width]` */
async function lastHiddenState(
  network: PreTrainedModel,
  batch: readonly number[][],
  width: number,
  weightsFile: string,
): Promise<Float32Array> {
  const longest = Math.max(...batch.map((tokens) => tokens.length));
  const tokens = new BigInt64Array(batch.length * longest);
  const mask = new BigInt64Array(batch.length * longest);
  batch.forEach((row, i) => {
    tokens.set(row.map(BigInt), i * longest);
    mask.fill(1n, i * longest, i * longest + row.length);
  });
  const shape = [batch.length, longest];
  const outputs: Record<string, Tensor> = await network({
    input_ids: new Tensor("int64", tokens, shape),
    attention_mask: new Tensor("int64", mask, shape),
    token_type_ids: new Tensor("int64", new BigInt64Array(tokens.length), shape),
  });
  if (outputs.last_hidden_state?.dims.at(-1) !== width) {
    throw damaged(
      weightsFile,
      `a model with the output last_hidden_state of width ${width}`,
      Object.entries(outputs).map(([name, { dims }]) => `${name} of width ${dims.at(-1)}`).join(", "),
    );
  }
  const { data } = outputs.last_hidden_state;
  return data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>);
}

/** Hashes a model's weights, which lie in a second file where they are large. */
async function hashWeights(file: string): Promise<string> {
  const hash = await hashFile(file), data = `${file}_data`;
  return await exists(data) ? `${hash}+${await hashFile(data)}` : hash;
}

function checkChoice(parameter: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new ParameterError({
    where: parameter,
    expected: `one of ${choices.join(", ")}`,
    found: JSON.stringify(value),
    advice: `Use ${parameter} "${choices[0]}" where you have no reason for another.`,
  });
}

function damaged(path: string, expected: string, found: string, cause?: unknown): DataError {
  return new DataError({
    where: path,
    expected,
    found,
    advice: "Copy or download the file again, or use a model that was exported for feature extraction.",
  }, { cause });
}
