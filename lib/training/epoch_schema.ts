import * as v from "valibot";
import { exactly, finiteNumber, nonNegative, recordOf, type Schema, wholeNumber } from "../schema.ts";
import type { EpochRecord } from "./fit.ts";

/** What a log or a result must hold of an epoch. */
export const epochSchema: Schema<EpochRecord> = exactly({
  epoch: wholeNumber(),
  loss: finiteNumber,
  parts: recordOf(finiteNumber),
  metric: v.nullable(finiteNumber),
  instances: wholeNumber(),
  seconds: nonNegative,
  validationSeconds: nonNegative,
});
