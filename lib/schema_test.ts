import assert from "node:assert/strict";
import fc from "fast-check";
import * as v from "valibot";
import { CheckpointError, DataError, UniSRecError } from "./errors.ts";
import { exactly, finiteNumber, jsonObject, parse, parseJson, recordOf, wholeNumber } from "./schema.ts";

const schema = exactly({
  rows: wholeNumber(),
  ranks: v.array(wholeNumber(-1)),
  setting: v.picklist(["inductive", "transductive"]),
  loss: v.nullable(finiteNumber),
  parts: recordOf(finiteNumber),
  config: jsonObject,
  note: v.optional(v.string()),
});

const good = {
  rows: 2,
  ranks: [0, -1],
  setting: "inductive",
  loss: 0.5,
  parts: { "next item": 1, "": 2 },
  config: { seed: 1, list: [null] },
};

function refusal(value: unknown): string {
  let message = "";
  assert.throws(() => parse(schema, value, "runs/a.json", "Delete it."), (error) => {
    assert(error instanceof DataError);
    message = error.message;
    return true;
  });
  return message;
}

Deno.test("what the schema says passes as it is", () => {
  assert.deepEqual(parse(schema, good, "a", "b"), good);
  assert.deepEqual(parse(schema, { ...good, loss: null, note: "" }, "a", "b"), {
    ...good,
    loss: null,
    note: "",
  });
  assert.deepEqual(parseJson(schema, JSON.stringify(good), "a", "b"), good);
});

for (
  const [change, message] of [
    [{ ranks: [0, null] }, "ranks[1]: expected a whole number of at least -1, but found null"],
    [{ ranks: [-2] }, "ranks[0]: expected a whole number of at least -1, but found -2"],
    [{ ranks: [0.5] }, "ranks[0]: expected a whole number of at least -1, but found 0.5"],
    [{ ranks: {} }, "ranks: expected a list, but found {}"],
    [{ rows: 2 ** 53 }, "rows: expected a whole number of at least 0, but found 9007199254740992"],
    [{ rows: undefined }, "rows: expected a whole number of at least 0, but found undefined"],
    [{ loss: Infinity }, "loss: expected a finite number, but found Infinity"],
    [{ loss: NaN }, "loss: expected a finite number, but found NaN"],
    [{ setting: "both" }, 'setting: expected "inductive" or "transductive", but found "both"'],
    [{ parts: { "next item": "1" } }, 'parts["next item"]: expected a finite number, but found "1"'],
    [{ config: [1] }, "config: expected an object, but found [1]"],
    [{ parts: [] }, "parts: expected an object, but found []"],
    [{ config: null }, "config: expected an object, but found null"],
    [{ note: 5 }, "note: expected a text, but found 5"],
    [{ extra: 1 }, "extra: expected no such field, but found 1"],
  ] as const
) {
  Deno.test(`${JSON.stringify(change)} is refused by its field`, () => {
    assert.equal(refusal({ ...good, ...change }), `runs/a.json, ${message}. Delete it.`);
  });
}

Deno.test("a field that is not there is named", () => {
  const { ranks: _, ...rest } = good;
  assert.equal(refusal(rest), "runs/a.json, ranks: expected a value, but found none. Delete it.");
});

Deno.test("what is no object at all is refused", () => {
  for (const value of [null, undefined, 5, "text", [], true]) {
    assert.match(refusal(value), /^runs\/a\.json: expected an object, but found /);
  }
});

Deno.test("a long value is cut in the message", () => {
  assert(refusal({ ...good, rows: "x".repeat(1e6) }).length < 300);
  assert(refusal({ ...good, ["x".repeat(1e6)]: 1 }).length < 300);
});

Deno.test("text that is no JSON is refused with the error asked for", () => {
  for (const text of ["", "{", '{"rows": NaN}', "\u0000"]) {
    assert.throws(() => parseJson(schema, text, "runs/a.json", "Delete it.", CheckpointError), {
      name: "CheckpointError",
      message: /^runs\/a\.json: expected JSON, but found ".*"\. Delete it\.$/,
    });
  }
});

Deno.test("any JSON is accepted or refused with a typed error", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(good)), (value, field) => {
    for (const candidate of [value, { ...good, [field]: value }]) {
      try {
        assert.deepEqual(parse(schema, candidate, "a", "b"), candidate);
      } catch (error) {
        if (!(error instanceof UniSRecError)) throw error;
      }
    }
  }));
});
