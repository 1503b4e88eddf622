import { CheckpointError } from "../../errors.ts";

/** A Python class or function that a pickle names; it is only ever a name here. */
export interface PythonName {
  kind: "name";
  /** With its module: `torch._utils._rebuild_tensor_v2`. */
  name: string;
}

/** An object of a class that means nothing here: its contents are dropped. */
export interface ForeignObject {
  kind: "foreign";
  /** The class, with its module. */
  className: string;
}

/** A run of numbers that lies in the archive beside the pickle. */
export interface StoredNumbers {
  kind: "storage";
  /** Its name in the archive's `data` folder. */
  key: string;
  /** PyTorch's class of it: `FloatStorage`. */
  type: string;
  /** How many numbers it holds. */
  length: number;
}

/** A tensor as a view of stored numbers; offset and strides count numbers. */
export interface StoredTensor {
  kind: "tensor";
  storage: StoredNumbers;
  offset: number;
  shape: number[];
  strides: number[];
}

/** What a PyTorch pickle can hold here; dictionaries are maps, lists and tuples arrays. */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Pickled[]
  | Map<Pickled, Pickled>
  | PythonName
  | ForeignObject
  | StoredNumbers
  | StoredTensor;

/** Tells whether a pickled value is a record of the given kind. */
export function isKind<K extends "name" | "foreign" | "storage" | "tensor">(
  value: Pickled | undefined,
  kind: K,
): value is Extract<Pickled, { kind: K }> {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}

/** Says what a pickled value is, in a few words for a message. */
export function describe(value: Pickled | undefined): string {
  if (value === undefined) return "nothing";
  if (value instanceof Map) return `a dictionary of ${value.size}`;
  if (Array.isArray(value)) return `a list or tuple of ${value.length}`;
  if (isKind(value, "name")) return `the Python name ${value.name}`;
  if (isKind(value, "foreign")) return `an object of the class ${value.className}`;
  if (isKind(value, "tensor")) return `a tensor [${value.shape.join(", ")}]`;
  if (isKind(value, "storage")) return `a ${value.type} without a tensor`;
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}

/** Returns the error for a file that is not what PyTorch writes. */
export function damaged(where: string, expected: string, found: string, cause?: unknown): CheckpointError {
  const advice = "The file is damaged or was not written by PyTorch's torch.save: take another copy.";
  return new CheckpointError({ where, expected, found, advice }, { cause });
}
