/** How far an encoding has come, and how fast it is. */
export interface EncodingProgress {
  /** Texts that have their vector. */
  done: number;
  /** Texts in all. */
  total: number;
  textsPerSecond: number;
  tokensPerSecond: number;
  secondsLeft: number;
}

/**
 * Measures an encoding's speed; texts that were done before do not count towards it.
 *
 * The time left goes by tokens, because the longest texts come first.
 *
 * @param work texts and tokens that are still to be encoded, and texts that have their vector already
 * @param now the time in milliseconds
 * @returns a function that is told of each batch and returns how far the encoding is
 */
export function measureEncoding(
  work: { texts: number; tokens: number; before: number },
  now: () => number,
): (batch: { texts: number; tokens: number }) => EncodingProgress {
  const start = now();
  let texts = 0, tokens = 0;
  return (batch) => {
    texts += batch.texts;
    tokens += batch.tokens;
    const seconds = (now() - start) / 1000;
    return {
      done: work.before + texts,
      total: work.before + work.texts,
      textsPerSecond: texts / seconds,
      tokensPerSecond: tokens / seconds,
      secondsLeft: seconds / tokens * (work.tokens - tokens),
    };
  };
}
