// Encodes one share of 2,000 texts with a tiny model: see encoding_shards_test.ts.
import { loadBert } from "../../lib/text/encoder/encoder.ts";
import { encodeShard } from "../../lib/text/files/feature_file.ts";
import { manyTexts } from "../many_texts.ts";

const [model, path, number, of] = Deno.args;
const encoder = await loadBert({ model });
const shard = { number: Number(number), of: Number(of) };
console.log((await encodeShard(path, manyTexts(), encoder, shard)).encoded);
