import assert from "node:assert/strict";
import fc from "fast-check";
import { DataError, ParameterError } from "../errors.ts";
import { checkSplit, cutsOf, type SplitChoice } from "./split_choice.ts";

const day = 86_400_000;
const may = Date.parse("2024-05-01");
/** Twenty days, an interaction a day. */
const days = Float64Array.from({ length: 20 }, (_, i) => may + i * day);

Deno.test("shares are cut off at the end, by time", () => {
  const { times } = cutsOf(days, { valid: 0.1, test: 0.2 }, false, "log.csv");
  assert.deepEqual(times, { validFrom: "2024-05-15", testFrom: "2024-05-17" });
});

Deno.test("the order of the log does not matter, and what came at one moment is never torn apart", () => {
  const shares = fc.record({
    valid: fc.double({ min: 0.05, max: 0.4, noNaN: true }),
    test: fc.double({ min: 0.05, max: 0.4, noNaN: true }),
  });
  fc.assert(fc.property(fc.array(fc.nat(9), { minLength: 5, maxLength: 60 }), shares, (steps, split) => {
    const times = Float64Array.from(steps, (step) => may + step * day);
    const cut = () => {
      try {
        return cutsOf(times, split, false, "log.csv");
      } catch (error) {
        assert.ok(error instanceof DataError); // too few moments
        return null;
      }
    };
    const cuts = cut();
    times.reverse();
    assert.deepEqual(cut(), cuts);
    if (cuts === null) return;
    const from = (moment: number) => times.filter((time) => time >= moment).length / times.length;
    const one = 1 / times.length;
    assert.ok(from(cuts.testFrom) >= split.test - one);
    assert.ok(from(cuts.validFrom) >= split.test + split.valid - one);
    assert.ok(times.some((time) => time < cuts.validFrom));
  }));
});

Deno.test("moments may be written in any way that files may have, whatever the log's own", () => {
  const expected = { validFrom: "2024-05-10", testFrom: "2024-05-12T06:30Z" };
  const ways: SplitChoice[] = [
    { validFrom: "2024-05-10", testFrom: "2024-05-12 06:30" },
    { validFrom: new Date("2024-05-10"), testFrom: new Date("2024-05-12T06:30Z") },
    { validFrom: Date.parse("2024-05-10") / 1000, testFrom: Date.parse("2024-05-12T06:30Z") },
  ];
  for (const split of ways as Exclude<SplitChoice, string>[]) {
    for (const unit of [1000, 1, 1e-3, 1e-6]) {
      const { times, validFrom } = cutsOf(days.map((time) => time / unit), split, true, "log.inter");
      assert.deepEqual(times, expected);
      assert.ok(Math.abs(validFrom * unit - Date.parse("2024-05-10")) < 1);
    }
    assert.deepEqual(cutsOf(days, split, false, "log.csv").times, expected);
  }
});

Deno.test("where times are mere numbers, so are the moments", () => {
  const steps = Float64Array.from({ length: 9 }, (_, i) => i);
  assert.deepEqual(cutsOf(steps, { validFrom: 4, testFrom: 6.5 }, true, "log.inter"), {
    validFrom: 4,
    testFrom: 6.5,
    times: { validFrom: 4, testFrom: 6.5 },
  });
  assert.throws(() => cutsOf(steps, { validFrom: "2024-05-01", testFrom: "2024-06-01" }, true, "log.inter"), {
    name: "ParameterError",
    message: /^split\.validFrom: expected a number, as the times in log\.inter are numbers and no dates/,
  });
});

Deno.test("moments that leave a part without interactions are refused with the times that there are", () => {
  for (
    const [validFrom, testFrom] of [["2024-04-01", "2024-05-05"], ["2024-05-05", "2024-06-05"], [
      "2024-05-01",
      "2024-05-05",
    ]]
  ) {
    assert.throws(
      () => cutsOf(days, { validFrom, testFrom }, false, "log.csv"),
      (error: Error) =>
        error instanceof DataError && /found times from 2024-05-01 to 2024-05-20/.test(error.message),
    );
  }
  assert.throws(() => cutsOf(days, { validFrom: "2024-05-09", testFrom: "2024-05-09" }, false, "log.csv"), {
    message: /^split\.testFrom: expected a moment after validFrom, 2024-05-09/,
  });
  assert.throws(() => cutsOf(days, { validFrom: 5, testFrom: 6 }, false, "log.csv"), {
    message: /^split\.validFrom: expected a date, or a Unix time, but found 5/,
  });
});

Deno.test("what is no split is refused by name", () => {
  const wrong: [unknown, RegExp][] = [
    ["by time", /^split: expected a way to split, but found "by time"/],
    [null, /^split: .* found null/],
    [{ valid: 0.1 }, /^split\.test: expected a share/],
    [{ valid: 0.6, test: 0.5 }, /^split: expected shares that leave something to train on/],
    [{ valid: 10, test: 10 }, /^split\.valid: .* found 10/],
    [{ valid: 0.1, test: 0.1, train: 0.8 }, /^split: .* found train/],
    [{ validFrom: "2024-05-01" }, /^split\.testFrom: expected a moment/],
    [{ testFrom: "2024-05-01" }, /^split: .* found testFrom/],
    [{ validFrom: "soon", testFrom: "2024-05-01" }, /^split\.validFrom: .* found "soon"/],
    [{ validFrom: "2024-05-01", testFrom: NaN }, /^split\.testFrom: .* found NaN/],
  ];
  for (const [split, message] of wrong) {
    assert.throws(() => checkSplit(split as SplitChoice), (error: Error) => {
      assert.ok(error instanceof ParameterError);
      assert.match(error.message, message);
      return true;
    });
  }
  checkSplit("leave-one-out");
  checkSplit({ valid: 0.1, test: 0.1 });
});
