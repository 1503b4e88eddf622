import assert from "node:assert/strict";
import fc from "fast-check";
import { DataError } from "../../errors.ts";
import { parseTimes } from "./times.ts";

const parse = (...cells: string[]) => [...parseTimes("log.csv", cells, cells.map((_, row) => row + 2))];

function refuses(cells: string[], pattern: RegExp): void {
  assert.throws(() => parse(...cells), (error: Error) => {
    assert.ok(error instanceof DataError, String(error));
    assert.match(error.message, pattern);
    return true;
  });
}

const moment = fc.date({ min: new Date("1974-01-01"), max: new Date("2200-01-01"), noInvalidDate: true });

Deno.test("every way of writing a moment gives the same one", () => {
  fc.assert(fc.property(moment, (date) => {
    const time = date.getTime();
    const iso = date.toISOString();
    const inParis = new Date(time + 3_600_000).toISOString().replace("Z", "");
    assert.deepEqual(parse(iso, iso.replace("T", " "), `${inParis}+01:00`, `${inParis} +0100`), [
      time,
      time,
      time,
      time,
    ]);
    assert.deepEqual(parse(iso.replace("Z", "")), [time]);
    assert.deepEqual(parse(iso.slice(0, 16)), [time - time % 60_000]);
    assert.deepEqual(parse(iso.slice(0, 10)), [time - time % 86_400_000]);
    assert.deepEqual(parse(String(time)), [time]);
    assert.deepEqual(parse(String(Math.floor(time / 1000))), [time - time % 1000]);
  }));
});

Deno.test("empty cells are no times, wherever they are", () => {
  assert.deepEqual(parse("", "2024-01-02", ""), [NaN, Date.UTC(2024, 0, 2), NaN]);
  assert.deepEqual(parse(""), [NaN]);
});

Deno.test("a file of two ways is an error that names both ways, both values and both lines", () => {
  refuses(
    ["", "2024-01-02", "2024-01-03", "1704153600"],
    /^log\.csv:5: expected a date, as on line 3 \("2024-01-02"\), but found Unix seconds \("1704153600"\)/,
  );
  refuses(
    ["2024-01-02", "31/05/2024"],
    /^log\.csv:3: expected a date, as on line 2 \("2024-01-02"\), but found "31\/05\/2024"\. Write every time as/,
  );
  const ways = ["1704153600", "1704153600000", "2024-01-02", "2024-01-02 10:00", "2024-01-02T10:00Z"];
  for (const one of ways) {
    for (const other of ways.filter((way) => way !== one)) {
      refuses([one, one, other], /^log\.csv:4: .*same way/);
    }
  }
});

Deno.test("what is no time, or no day of the calendar, is an error that says how to write it", () => {
  for (
    const text of ["31/12/2024", "2024-02-31", "2023-02-29", "2024-13-01", "2024-01-02 24:00", "2024-1-2"]
      .concat(
        "2024-01-02 10:60",
        "20240102",
        "12345",
        "1.7e9",
        "-1704153600",
        "yesterday",
        "2024-01-02T10:00+15:00",
      )
  ) {
    refuses(
      ["", text],
      /^log\.csv:3: expected a time, but found ".*"\. Write every time as a date \(2024-12-31\)/,
    );
  }
  assert.deepEqual(parse("2024-02-29"), [Date.UTC(2024, 1, 29)]);
});
