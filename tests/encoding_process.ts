// Encodes 2,000 texts with a tiny model until it is done or killed: see encoding_kill_test.ts. Each batch is announced
// by a line.
import { encodeToFile } from "../lib/text/files/feature_file.ts";
import { loadBert } from "../lib/text/encoder/encoder.ts";
import { manyTexts } from "./many_texts.ts";

const [model, path] = Deno.args;
const encoder = await loadBert({ model });
await encodeToFile(path, manyTexts(), encoder, ({ done }) => console.log(done));
