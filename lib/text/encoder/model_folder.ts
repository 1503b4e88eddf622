import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { exists } from "../../data/files.ts";
import { DataError } from "../../errors.ts";

/** Which language model encodes the texts. */
export interface ModelName {
  /** A folder, or the name of a model on the Hugging Face Hub. */
  model: string;
  /** Branch, tag or commit on the Hub. */
  revision: string;
  dtype: Precision;
}

/** `fp32` are the weights as trained, `fp16` weights of 16 bits, `q8` of 8 bits. */
export const precisions: readonly Precision[] = ["fp32", "fp16", "q8"];

/** One of these. */
export type Precision = "fp32" | "fp16" | "q8";

/** Where a model's files are, or will be once they have been downloaded. */
export interface ModelFolder {
  folder: string;
  /** Whether all files are in the folder. */
  complete: boolean;
  tokenizerFile: string;
  weightsFile: string;
}

const tokenizerFile = "tokenizer.json";
const tokenizerFiles = [tokenizerFile, "tokenizer_config.json"];
const weightsFiles = {
  fp32: "onnx/model.onnx",
  fp16: "onnx/model_fp16.onnx",
  q8: "onnx/model_quantized.onnx",
};

/** Where downloaded models are kept: a folder per model, `data/models` of the project by default. */
export const defaultModelRoot = fileURLToPath(new URL("../../data/models", import.meta.url));

/**
 * Finds the folder of a language model.
 *
 * @param modelRoot where the folders of models from the Hub are
 * @throws {DataError} if `model` is a path, and the folder or one of its files is missing
 */
export async function findModel(
  { model, revision, dtype }: ModelName,
  modelRoot: string,
): Promise<ModelFolder> {
  const isPath = /^(\/|\.\.?(\/|$))/.test(model);
  // @xenova/transformers keeps what it downloads in the same places
  const folder = isPath ? resolve(model) : join(modelRoot, model, revision === "main" ? "" : revision);
  const missing = await missingFiles(folder, ["config.json", ...tokenizerFiles, weightsFiles[dtype]]);
  if (isPath && missing.length > 0) throw incomplete(folder, missing);
  return {
    folder,
    complete: missing.length === 0,
    tokenizerFile: join(folder, tokenizerFile),
    weightsFile: join(folder, weightsFiles[dtype]),
  };
}

/**
 * Checks that a folder holds a tokenizer.
 *
 * @throws {DataError} if one of its files is missing
 */
export async function checkTokenizerFolder(folder: string): Promise<void> {
  const missing = await missingFiles(folder, tokenizerFiles);
  if (missing.length > 0) throw incomplete(folder, missing);
}

/** Makes the error for a model of the Hub that is neither in its folder nor can be downloaded. */
export function undownloadable(
  { model, revision, dtype }: ModelName,
  folder: string,
  cause: unknown,
): DataError {
  const files = ["config.json", ...tokenizerFiles, weightsFiles[dtype]];
  return new DataError({
    where: folder,
    expected: `the model ${model}, or a network to download it from`,
    found: `neither (${reason(cause)})`,
    advice:
      `Download ${
        files.join(", ")
      } from https://huggingface.co/${model}/tree/${revision} into that folder, ` +
      `or name no model: the offline encoder needs none.`,
  }, { cause });
}

/** Returns what an error says, whatever was thrown. */
export function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

async function missingFiles(folder: string, files: string[]): Promise<string[]> {
  const found = await Promise.all(files.map((file) => exists(join(folder, file))));
  return files.filter((_, i) => !found[i]);
}

function incomplete(folder: string, missing: string[]): DataError {
  return new DataError({
    where: folder,
    expected: "a model in the layout of @xenova/transformers",
    found: `no ${missing.join(", no ")}`,
    advice:
      "Take these files from where the model came from, for example https://huggingface.co/Xenova/bert-base-uncased/tree/default, " +
      `or name no model: the offline encoder needs none.`,
  });
}
