import { basename } from "node:path";
import { fingerprintText } from "../../engine/fingerprint.ts";
import { type OutputPlace, outputPlace } from "../../figures/output/place.ts";
import { isRecord } from "../../json.ts";
import type { ParameterValues } from "./parameters.ts";

/** Parameters that say where things are or what computes, and change no number that is looked for. */
const placesOnly = ["runs", "engineName", "model", "modelFile", "interactionsFile", "itemsFile"];

/** Longer names are cut, and told apart by a fingerprint. */
const longest = 80;

/**
 * Returns the name of the folder of outputs that were made with other parameters than the notebook's own, so that they do
 * not replace those: the parameters in order of their names, such as `epochs=5,hiddenSize=64`.
 *
 * @param values what is set
 * @returns null if nothing is set that changes numbers
 */
export function outputName(values: ParameterValues): string | null {
  const turned = Object.entries(values).filter(([name]) => !placesOnly.includes(name))
    .sort(([a], [b]) => a < b ? -1 : 1);
  if (turned.length === 0) return null;
  const name = turned.map(([name, value]) => `${name}=${describe(value)}`).join(",");
  const exact = fingerprintText(JSON.stringify(turned)).slice(0, 6);
  const plain = name.replace(/[^\w.,=+-]+/g, "-");
  // what is cut or written shortly could be one name for two settings
  const isWhole = name.length <= longest && turned.every(([, value]) => isPlain(value));
  return isWhole ? name : `${plain.slice(0, longest)}-${exact}`;
}

/**
 * Returns the place of a run's outputs.
 *
 * @param out the name of the folder that was asked for, `.` for the profile's own; undefined for what suits
 * @throws {ParameterError} if a name is not plain
 */
export function placeOf(profile: string, out: string | undefined, values: ParameterValues): OutputPlace {
  return outputPlace(profile, out ?? outputName(values));
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return value.map(describe).join("+");
  if (isRecord(value)) {
    return Object.entries(value).map(([name, own]) => `${name}-${describe(own)}`).join("+");
  }
  return typeof value === "string" ? basename(value).replace(/\.\w+$/, "") : String(value);
}

/** Tells whether a value is written in full, so that no other value of its type is written alike. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((own) => !Array.isArray(own) && isPlain(own));
  }
  if (typeof value === "string") return /^[A-Za-z_][\w-]*$/.test(value) && value !== "null";
  return !isRecord(value);
}
