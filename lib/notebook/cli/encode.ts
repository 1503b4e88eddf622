import { countOf } from "../../count_of.ts";
import { findDomains, findSources } from "../../data/find_domains.ts";
import { checkProfile, loadProfile } from "../../data/profile.ts";
import { ParameterError } from "../../errors.ts";
import { type EncoderChoice, encodeSources, encodeTexts, encodeTextsShard } from "../../text/encode_texts.ts";
import type { Shard } from "../../text/files/feature_file.ts";
import { watchEncoding } from "../inside/watch_encoding.ts";
import { parseParameters } from "../running/parameters.ts";
import { main, readCommandLine } from "./command_line.ts";

const usage =
  "deno task encode --profile PROFILE --model MODEL [--target NAME]… [--source NAME]… [--shard K/N]";

/**
 * `deno task encode`: has a language model encode the texts of a profile's targets and sources, as notebooks with that
 * `bertModel` do, all of them or one share. Without a share it puts together what shares have encoded.
 */
await main(async () => {
  const { values: options } = readCommandLine(usage, {
    options: {
      profile: { type: "string" },
      model: { type: "string" },
      target: { type: "string", multiple: true },
      source: { type: "string", multiple: true },
      shard: { type: "string" },
    },
  });
  const { profile, model } = options;
  if (profile === undefined || model === undefined) {
    throw new ParameterError({
      where: "command line",
      expected: usage,
      found: "no profile, or no model",
      advice: "A model is a folder, or one of the Hugging Face Hub, as in the notebooks' bertModel.",
    });
  }
  const shard = options.shard === undefined ? null : readShard(options.shard);
  const { bertModel } = parseParameters([`bertModel=${model}`]) as { bertModel: EncoderChoice };
  await checkProfile(profile);
  const loaded = await loadProfile(profile);
  const names = options.target ?? loaded.targets.map(({ name }) => name);
  const targets = await findDomains(loaded, names, "--target");
  const sources = await findSources(loaded, options.source ?? null, targets);
  const encoding = { bertModel, observe: watchEncoding() };
  if (shard === null) {
    for (const target of targets) await encodeTexts([target], encoding);
    for (const source of sources) await encodeSources([source], encoding);
    console.log(`The texts of ${countOf(targets.length + sources.length, "data set")} are encoded.`);
    return true;
  }
  let encoded = 0;
  for (const target of targets) encoded += await encodeTextsShard(target, encoding, shard, false);
  for (const source of sources) encoded += await encodeTextsShard(source, encoding, shard, true);
  console.log(
    `Share ${shard.number} of ${shard.of}: ${
      countOf(encoded, "text")
    } encoded. Without --shard they are put together.`,
  );
  return true;
});

function readShard(text: string): Shard {
  const [, number, of] = text.match(/^(\d+)\/(\d+)$/)?.map(Number) ?? [];
  if (number >= 1 && number <= of) return { number, of };
  throw new ParameterError({
    where: "--shard",
    expected: "K/N, the K-th of N shares",
    found: JSON.stringify(text),
    advice: "For example --shard 1/4, in four processes from 1/4 to 4/4.",
  });
}
