import { DataError } from "../../errors.ts";
import type { Interactions } from "../log/interactions.ts";
import { streamLines } from "../reading/stream_lines.ts";

/**
 * Reads Amazon's ratings: lines of item, user, rating and time (seconds since 1970), without a header.
 *
 * @param path a `.csv` or `.csv.gz` file, which is streamed
 * @throws {DataError} if the file cannot be read or a line is malformed
 */
export async function readAmazonRatings(path: string): Promise<Interactions> {
  const userIndex = new Map<string, number>(), itemIndex = new Map<string, number>();
  const users: number[] = [], items: number[] = [], times: number[] = [];
  const encode = (index: Map<string, number>, id: string) => {
    const code = index.get(id) ?? index.size;
    index.set(id, code);
    return code;
  };
  await streamLines(path, (line, number) => {
    const [, item, user, time] = /^([^,]+),([^,]+),[\d.]+,(\d+)$/.exec(line) ?? [];
    if (time === undefined) {
      throw new DataError({
        where: `${path}:${number}`,
        expected: "item, user, rating and time, separated by commas",
        found: JSON.stringify(line.slice(0, 80)),
        advice: "Use the “ratings only” file of Amazon Review Data 2018, which has no header.",
      });
    }
    items.push(encode(itemIndex, item));
    users.push(encode(userIndex, user));
    times.push(Number(time));
  });
  return {
    userIds: [...userIndex.keys()],
    itemIds: [...itemIndex.keys()],
    users: Int32Array.from(users),
    items: Int32Array.from(items),
    times: Float64Array.from(times),
  };
}
