import assert from "node:assert/strict";
import { refuseZeroRows } from "./zero_rows.ts";

const domain = (...values: number[]) => ({
  name: "Toys",
  features: { values: Float32Array.from(values), rows: values.length / 2, width: 2 },
});

Deno.test("the first row of zeros is an error that names the domain and the row", () =>
  assert.throws(() => refuseZeroRows(domain(1, 0, 0, 0, 0, 0)), {
    name: "DataError",
    message: /text features of Toys, row 1: .* found zeros only/,
  }));

Deno.test("a row with any number but zero has a direction, and a domain may have no features", () => {
  refuseZeroRows(domain(0, 1e-30, -2, 0));
  refuseZeroRows({ name: "Toys", features: null });
});
