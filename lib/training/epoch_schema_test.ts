import assert from "node:assert/strict";
import { parse } from "../schema.ts";
import { epochSchema } from "./epoch_schema.ts";

const record = {
  epoch: 0,
  loss: -0.5,
  parts: { "next item": 7 },
  metric: null,
  instances: 100,
  seconds: 1.5,
  validationSeconds: 0,
};

Deno.test("what fit logs passes as it is", () => {
  assert.deepEqual(parse(epochSchema, record, "log", ""), record);
  assert.deepEqual(parse(epochSchema, { ...record, metric: 0.5, parts: {} }, "log", "").metric, 0.5);
});

Deno.test("a record without a loss, or with one that is no number, is refused by its field", () => {
  const { loss: _, ...withoutLoss } = record;
  for (
    const [value, message] of [
      [withoutLoss, /^log\.jsonl:1, loss: expected a value, but found none/],
      [{ ...record, loss: null }, /^log\.jsonl:1, loss: expected a finite number, but found null/],
      [{ ...record, metric: "0.5" }, /^log\.jsonl:1, metric: expected a finite number, but found "0\.5"/],
      [{ ...record, parts: { contrast: null } }, /^log\.jsonl:1, parts\.contrast: expected a finite number/],
      [{ ...record, instances: 0.5 }, /^log\.jsonl:1, instances: expected a whole number/],
      [{ ...record, seconds: -1 }, /^log\.jsonl:1, seconds: expected a number of at least 0, but found -1/],
      [{ ...record, accuracy: 1 }, /^log\.jsonl:1, accuracy: expected no such field/],
    ] as const
  ) {
    assert.throws(() => parse(epochSchema, value, "log.jsonl:1", "Mend it."), { name: "DataError", message });
  }
});
