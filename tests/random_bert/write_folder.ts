import { encodeBert } from "./onnx_model.ts";
import type { BertShape, BertWeights } from "./weights.ts";

const specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const tinyVocabulary = [
  ...specialTokens,
  ..."abcdefghijklmnopqrstuvwxyz",
  ..."##s red shirt guitar string cat the pro kit".split(" "),
];

/** A WordPiece tokenizer of 40 entries as the text of its `tokenizer.json`. */
export function tinyTokenizer(): string {
  const [, unknown, classification, separator] = specialTokens;
  const special = (token: string) => ({
    id: token,
    ids: [specialTokens.indexOf(token)],
    tokens: [token],
  });
  return JSON.stringify({
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [
        { SpecialToken: { id: classification, type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: separator, type_id: 0 } },
      ],
      pair: [],
      special_tokens: { [classification]: special(classification), [separator]: special(separator) },
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: unknown,
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(tinyVocabulary.map((token, id) => [token, id])),
    },
  });
}

/**
 * Writes a model folder as `@xenova/transformers` expects it, with the weights in 32 and in 8 bits.
 *
 * @param tokenizer the text of `tokenizer.json`
 */
export async function writeBertFolder(
  folder: string,
  shape: BertShape,
  weights: BertWeights,
  tokenizer = tinyTokenizer(),
): Promise<void> {
  await Deno.mkdir(`${folder}/onnx`, { recursive: true });
  await Deno.writeFile(`${folder}/onnx/model.onnx`, encodeBert(shape, weights));
  await Deno.writeFile(`${folder}/onnx/model_quantized.onnx`, encodeBert(shape, weights, true));
  await Deno.writeTextFile(`${folder}/tokenizer.json`, tokenizer);
  await Deno.writeTextFile(
    `${folder}/tokenizer_config.json`,
    JSON.stringify({
      tokenizer_class: "BertTokenizer",
      do_lower_case: true,
      model_max_length: shape.positions,
      pad_token: "[PAD]",
      unk_token: "[UNK]",
      cls_token: "[CLS]",
      sep_token: "[SEP]",
      mask_token: "[MASK]",
    }),
  );
  await Deno.writeTextFile(
    `${folder}/config.json`,
    JSON.stringify({
      architectures: ["BertModel"],
      model_type: "bert",
      hidden_size: shape.hidden,
      num_attention_heads: shape.heads,
      num_hidden_layers: shape.layers,
      intermediate_size: shape.inner,
      vocab_size: shape.vocabulary,
      max_position_embeddings: shape.positions,
      type_vocab_size: 2,
      hidden_act: "gelu",
    }),
  );
}
