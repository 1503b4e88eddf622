import { ParameterError } from "../errors.ts";

/** The environment variable that says how many threads an operator takes: a process's share of the processors. */
export const threadsVariable = "UNISREC_THREADS";

/**
 * Returns how many threads an operator takes: what the environment says, or as many as there are processors.
 *
 * @throws {ParameterError} if the environment says what is no number of threads
 */
export function defaultThreads(): number {
  const text = variable();
  if (text === undefined) return navigator.hardwareConcurrency;
  const threads = Number(text);
  if (Number.isInteger(threads) && threads >= 1) return threads;
  throw new ParameterError({
    where: threadsVariable,
    expected: "a whole number of at least 1",
    found: JSON.stringify(text),
    advice: "Leave the variable out for as many threads as there are processors.",
  });
}

/** A program that may not ask for the variable goes by the processors. */
function variable(): string | undefined {
  try {
    return Deno.env.get(threadsVariable);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
