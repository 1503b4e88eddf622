// Readers with a fault each, to see that the fuzzer finds it.
import assert from "node:assert/strict";
import { DataError } from "../../lib/errors.ts";
import { encode, type FuzzReader } from "./reader.ts";

/** Makes a reader of a number from 0 to 9 that checks nothing, and does `then` with it. */
function planted(name: string, then: (value: number) => void): FuzzReader {
  return {
    name,
    open: () =>
      Promise.resolve({
        originals: [{ number: encode("7") }],
        async read(folder) {
          const text = await Deno.readTextFile(`${folder}/number`);
          if (text === "") {
            throw new DataError({ where: folder, expected: "a number", found: "none", advice: "" });
          }
          then(Number(text));
        },
      }),
  };
}

export const plantedReaders = [
  planted("planted: untyped", (value) => new Array(value)), // a RangeError for −1 and 0.5
  planted("planted: wrong", (value) => assert(value >= 0 && value < 10)),
  planted("planted: hang", (value) => {
    while (value === 2 ** 31);
  }),
];
