import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import type { FloatTensor } from "./reference_names.ts";

/** A Python object to be pickled: lists and numbers, maps as dictionaries, and the nodes below. */
export type PythonObject =
  | null
  | boolean
  | number
  | string
  | PythonObject[]
  | Map<PythonObject, PythonObject>
  | { kind: "tuple"; values: PythonObject[] }
  /** A class or function, with its module. */
  | { kind: "name"; name: string }
  /** The result of a call, with dictionary items and attributes that are set afterwards. */
  | CallNode
  /** A new object of a class, with its attributes. */
  | { kind: "object"; className: string; attributes: PythonObject }
  | TensorNode;

interface CallNode {
  kind: "call";
  callable: string;
  args: PythonObject[];
  items?: Map<PythonObject, PythonObject>;
  attributes?: PythonObject;
}

/** A tensor with all that can be wrong about it. */
export interface TensorNode {
  kind: "tensor";
  shape: number[];
  strides: number[];
  offset: number;
  /** The class of its stored numbers. */
  type: string;
  /** How many numbers are said to be stored. */
  length: number;
  bytes: Uint8Array<ArrayBuffer>;
}

export function dictionary(values: Record<string, PythonObject>): Map<PythonObject, PythonObject> {
  return new Map(Object.entries(values));
}

export function call(callable: string, ...args: PythonObject[]): CallNode {
  return { kind: "call", callable, args };
}

export function tensor({ shape, values }: FloatTensor): TensorNode {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { kind: "tensor", shape, strides, offset: 0, type: "FloatStorage", length: values.length, bytes };
}

/** A state dictionary as PyTorch's modules return it, with the modules' versions as an attribute. */
export function stateDictionary(values: Record<string, PythonObject>): PythonObject {
  const versions = call("collections.OrderedDict");
  return {
    ...call("collections.OrderedDict"),
    items: dictionary(values),
    attributes: dictionary({
      _metadata: { ...versions, items: dictionary({ "": dictionary({ version: 1 }) }) },
    }),
  };
}

/** Pickles an object with protocol 2 as `torch.save` does; the numbers of tensors are added to `storages`. */
export function pickle(value: PythonObject, storages: TensorNode[] = []): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([0x80, 2, ...encode(value, storages), ...ascii(".")]);
}

/** Saves an object as `torch.save` does, but for the padding that aligns the numbers in the file. */
export async function torchSave(path: string, value: PythonObject): Promise<void> {
  const storages: TensorNode[] = [];
  const entries = { "data.pkl": pickle(value, storages) };
  const numbers = storages.map(({ bytes }, key): [string, Uint8Array<ArrayBuffer>] => [`data/${key}`, bytes]);
  await writeArchive(path, { ...entries, ...Object.fromEntries(numbers), version: ascii("3\n") });
}

/** Writes a zip archive with its entries in the folder `archive`. */
export async function writeArchive(
  path: string,
  entries: Record<string, Uint8Array<ArrayBuffer>>,
  level = 0,
): Promise<void> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { level, useWebWorkers: false });
  for (const [name, bytes] of Object.entries(entries)) {
    await writer.add(`archive/${name}`, new Uint8ArrayReader(bytes));
  }
  await Deno.writeFile(path, await writer.close());
}

export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function encode(value: PythonObject, storages: TensorNode[]): number[] {
  const all = (values: PythonObject[]) => values.flatMap((each) => encode(each, storages));
  if (value === null) return [...ascii("N")];
  if (typeof value === "boolean") return [value ? 0x88 : 0x89];
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") {
    const bytes = new TextEncoder().encode(value);
    return [...ascii("X"), ...uint32(bytes.length), ...bytes];
  }
  if (Array.isArray(value)) return [...ascii("]("), ...all(value), ...ascii("e")];
  if (value instanceof Map) return [...ascii("}"), ...encodeItems(value, storages)];
  switch (value.kind) {
    case "tuple":
      return [...ascii("("), ...all(value.values), ...ascii("t")];
    case "name":
      return encodeName(value.name);
    case "object":
      return [...encodeName(value.className), ...ascii(")"), 0x81, ...all([value.attributes]), ...ascii("b")];
    case "tensor":
      return encodeTensor(value, storages);
    case "call":
      return [
        ...encodeName(value.callable),
        ...all([{ kind: "tuple", values: value.args }]),
        ...ascii("R"),
        ...(value.items ? encodeItems(value.items, storages) : []),
        ...(value.attributes ? [...all([value.attributes]), ...ascii("b")] : []),
      ];
  }
}

function encodeItems(items: Map<PythonObject, PythonObject>, storages: TensorNode[]): number[] {
  return [...ascii("("), ...[...items].flat().flatMap((each) => encode(each, storages)), ...ascii("u")];
}

function encodeName(name: string): number[] {
  const dot = name.lastIndexOf(".");
  return [...ascii(`c${name.slice(0, dot)}\n${name.slice(dot + 1)}\n`)];
}

function encodeNumber(value: number): number[] {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0)) {
    return [...ascii("J"), ...uint32(value)];
  }
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return [...ascii("G"), ...new Uint8Array(view.buffer)];
}

function encodeTensor(node: TensorNode, storages: TensorNode[]): number[] {
  const key = String(storages.push(node) - 1);
  const type: PythonObject = { kind: "name", name: `torch.${node.type}` };
  const id: PythonObject = { kind: "tuple", values: ["storage", type, key, "cpu", node.length] };
  const hooks = call("collections.OrderedDict");
  const rest: PythonObject[] = [
    node.offset,
    { kind: "tuple", values: node.shape },
    { kind: "tuple", values: node.strides },
    false,
    hooks,
  ];
  return [
    ...encodeName("torch._utils._rebuild_tensor_v2"),
    ...ascii("("),
    ...encode(id, storages),
    ...ascii("Q"),
    ...rest.flatMap((each) => encode(each, storages)),
    ...ascii("tR"),
  ];
}

function uint32(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  return new Uint8Array(view.buffer);
}
