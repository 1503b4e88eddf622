import { parseArgs, type ParseArgsConfig } from "node:util";
import { ParameterError, UniSRecError } from "../../errors.ts";
import { endWithLauncher } from "./launcher.ts";
import { type ParameterValues, parseParameters } from "../running/parameters.ts";

/**
 * Reads a task's command line; `--help` shows how it is used, and ends the process.
 *
 * @param usage shown when the command line is wrong, too
 * @throws {ParameterError} if it has an option that the task does not know, or a value is missing
 */
export function readCommandLine<Config extends ParseArgsConfig>(usage: string, config: Config) {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
    console.log(usage);
    Deno.exit(0);
  }
  try {
    return parseArgs({ args: Deno.args, ...config });
  } catch (cause) {
    throw new ParameterError({
      where: "command line",
      expected: usage,
      found: Deno.args.join(" "),
      advice: (cause as Error).message,
    }, { cause });
  }
}

/**
 * Reads the `--set name=value` options.
 *
 * @throws {ParameterError} if one has no name or no `=`, or is what has an option of its own
 */
export function readSettings(texts: string[]): ParameterValues {
  const values = parseParameters(texts);
  const own = ["profile", "out"].find((name) => name in values);
  if (own === undefined) return values;
  throw new ParameterError({
    where: `--set ${own}`,
    expected: `--${own}`,
    found: "--set",
    advice: `It also names the folder of the outputs: give it with --${own}.`,
  });
}

/** The longest that a cell may take where nothing is said: an hour on the sample, two weeks on real data. */
const defaultTimeout = (profile: string) => profile === "sample" ? 3600 : 14 * 24 * 3600;

/**
 * Reads the longest time that a cell may take, in seconds.
 *
 * @param text undefined for what suits the profile
 * @throws {ParameterError} if it is not a positive number of seconds
 */
export function readTimeout(text: string | undefined, profile: string): number {
  const seconds = Number(text ?? defaultTimeout(profile));
  // timers hold at most 2³¹ − 1 milliseconds; beyond that they fire at once
  if (seconds > 0 && seconds < 2 ** 31 / 1000) return seconds;
  throw new ParameterError({
    where: "--timeout",
    expected: "a positive number of seconds, at most 24 days",
    found: JSON.stringify(text),
    advice: "For example --timeout 3600.",
  });
}

/** Runs a task and ends the process: with code 0 if it returns true, with 1 if it returns false or its input is wrong. */
export async function main(task: () => Promise<boolean>): Promise<never> {
  endWithLauncher();
  try {
    Deno.exit(await task() ? 0 : 1);
  } catch (error) {
    if (!(error instanceof UniSRecError)) throw error;
    console.error(`${error.name}: ${error.message}`);
    Deno.exit(1);
  }
}
