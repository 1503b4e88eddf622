import { bytes as randomBytes, type Generator, integer, uniform } from "../../lib/random.ts";

/** Makes a damaged copy of a file: one change, sometimes up to four. */
export function mutate(generator: Generator, file: Uint8Array): Uint8Array {
  const isText = file.every((byte) => byte < 0x80 ? byte > 0 : true);
  let damaged = file;
  for (let changes = uniform(generator) < 0.7 ? 1 : 1 + integer(generator, 4); changes > 0; changes--) {
    damaged = isText && uniform(generator) < 0.6
      ? changeText(generator, damaged)
      : pick(generator, byteChanges)(generator, damaged);
  }
  return damaged;
}

type Change = (generator: Generator, file: Uint8Array) => Uint8Array;

const flipBit: Change = (generator, file) => {
  const copy = file.slice();
  if (copy.length > 0) copy[integer(generator, copy.length)] ^= 1 << integer(generator, 8);
  return copy;
};

const setByte: Change = (generator, file) => {
  const copy = file.slice();
  if (copy.length > 0) {
    copy[integer(generator, copy.length)] = pick(generator, [0, 1, 0x7f, 0x80, 0xff, 10, 34, 123]);
  }
  return copy;
};

const cutOff: Change = (generator, file) => file.slice(0, integer(generator, file.length + 1));

const takeOut: Change = (generator, file) => {
  const [begin, end] = range(generator, file.length);
  return join(file.subarray(0, begin), file.subarray(end));
};

const repeat: Change = (generator, file) => {
  const [begin, end] = range(generator, file.length);
  return join(file.subarray(0, end), file.subarray(begin, end), file.subarray(end));
};

const putIn: Change = (generator, file) => {
  const at = integer(generator, file.length + 1);
  return join(file.subarray(0, at), randomBytes(generator, 1 + integer(generator, 16)), file.subarray(at));
};

const moveTo: Change = (generator, file) => {
  const [begin, end] = range(generator, file.length);
  const copy = file.slice();
  copy.set(file.subarray(begin, end), integer(generator, file.length - (end - begin) + 1));
  return copy;
};

/** Overwrites four or eight bytes with a number that is a bad length, count or offset. */
const setInteger: Change = (generator, file) => {
  const size = pick(generator, [2, 4, 8]);
  if (file.length < size) return file.slice();
  const copy = file.slice();
  const value = pick(generator, [
    0n,
    1n,
    0x7fffn,
    0xffffn,
    0x7fffffffn,
    0xffffffffn,
    2n ** 53n - 1n,
    2n ** 63n,
    -1n,
  ]);
  const encoded = new DataView(new ArrayBuffer(8));
  encoded.setBigUint64(0, BigInt.asUintN(64, value), true);
  copy.set(new Uint8Array(encoded.buffer, 0, size), integer(generator, file.length - size + 1));
  return copy;
};

const byteChanges: Change[] = [flipBit, flipBit, setByte, cutOff, takeOut, repeat, putIn, moveTo, setInteger];

/** What stands in files where a number, a text or a list should be. */
const oddValues = [
  ...'null|true|[]|{}|""|-1|-0|0|1e999|-1e999|NaN|Infinity|2147483648|4294967296|9007199254740991|9007199254740993'
    .split("|"),
  ...'1e-320|0.5|"a"|[null]|{"a":null}|"\\ud800"|"__proto__"|.|,|\t|\r\n|\u2028|\ufeff|\'|"|\\|=1+1|🦆'.split(
    "|",
  ),
  "9".repeat(400),
  "[".repeat(2000),
];

/** Changes a text by its words, as JSON, tables and pickles of names have them. */
function changeText(generator: Generator, file: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(file);
  const words = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[-+.\w]+|[^\s\w]/g)];
  if (words.length === 0) return file.slice();
  const word = pick(generator, words);
  const end = word.index + word[0].length;
  const [before, after] = [text.slice(0, word.index), text.slice(end)];
  const other = pick(generator, words)[0];
  const changed = pick(generator, [
    () => before + pick(generator, oddValues) + after,
    () => before + pick(generator, oddValues) + after,
    () => before + after,
    () => before + other + after,
    () => before + word[0] + word[0] + after,
    () => before + word[0].slice(0, -1) + pick(generator, ["x", "9", '"', " "]) + after,
    () => changeJson(generator, text),
    () => changeLine(generator, text),
  ])();
  return new TextEncoder().encode(changed);
}

function changeLine(generator: Generator, text: string): string {
  const lines = text.split("\n");
  const at = integer(generator, lines.length), to = integer(generator, lines.length);
  const [line] = lines.splice(at, uniform(generator) < 0.7 ? 1 : 0);
  lines.splice(to, 0, line ?? lines[at] ?? "");
  if (uniform(generator) < 0.3) lines.splice(integer(generator, lines.length), 1);
  return lines.join("\n");
}

/** Puts another value, or one from elsewhere in it, into a JSON text; other texts stay as they are. */
function changeJson(generator: Generator, text: string): string {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return text;
  }
  const places: [container: Record<string, unknown>, key: string][] = [];
  const visit = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      places.push([value as Record<string, unknown>, key]);
      visit(inner);
    }
  };
  visit(whole);
  if (places.length === 0) return text;
  const [container, key] = pick(generator, places);
  const [elsewhere, other] = pick(generator, places);
  const moved = structuredClone(elsewhere[other]);
  pick(generator, [
    () => void delete container[key],
    () => void (container[key] = moved),
    () =>
      void (container[key] = pick(generator, [null, true, -1, 0.5, 2 ** 31, 2 ** 53, "", [], {}, [null]])),
    () => void (container[`${key}x`] = moved),
    () => void (Array.isArray(container) && container.push(moved)),
    () => void (Array.isArray(container) && (container.length = integer(generator, container.length + 1))),
  ])();
  return JSON.stringify(whole);
}

export function pick<T>(generator: Generator, values: readonly T[]): T {
  return values[integer(generator, values.length)];
}

function range(generator: Generator, length: number): [number, number] {
  const begin = integer(generator, length + 1);
  const longest = uniform(generator) < 0.5 ? 16 : length;
  return [begin, Math.min(length, begin + integer(generator, longest + 1))];
}

function join(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
