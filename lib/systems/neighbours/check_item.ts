import { ParameterError } from "../../errors.ts";
import { show } from "../../checks.ts";

/**
 * Refuses what is no item.
 *
 * @param where the parameter
 * @param items the number of items
 * @throws {ParameterError}
 */
export function checkItem(where: string, item: number, items: number): void {
  if (Number.isInteger(item) && item >= 0 && item < items) return;
  throw new ParameterError({
    where,
    expected: `an item from 0 to ${items - 1}`,
    found: show(item),
    advice: "The neighbours were counted among these items: leave others out.",
  });
}
