import assert from "node:assert/strict";
import { DataError } from "../../errors.ts";
import { commonPlane } from "./common_plane.ts";
import { commonWhitening } from "./common_whitening.ts";
import { joinTables } from "./join_tables.ts";

const table = (rows: number, width: number) => ({
  values: Float32Array.from({ length: rows * width }, (_, at) => at),
  rows,
  width,
});

Deno.test("the rows stand one below the other", () => {
  assert.deepEqual(joinTables([table(1, 3), table(2, 3)]), {
    values: Float32Array.of(0, 1, 2, 0, 1, 2, 3, 4, 5),
    rows: 3,
    width: 3,
  });
});

Deno.test("tables of different widths are an error that names both, the narrower one first or last", () => {
  for (const tables of [[table(4, 3), table(4, 5)], [table(4, 5), table(4, 3)]]) {
    const [first, second] = tables.map(({ width }) => width);
    for (const join of [joinTables, commonPlane, () => commonWhitening(tables, 2)]) {
      assert.throws(
        () => join(tables),
        (error) => error instanceof DataError && error.problem.found.includes(`${first} and of ${second}`),
      );
    }
  }
});
