import { CheckpointError } from "../../errors.ts";
import { widenFloats } from "../../half_floats.ts";
import type { FloatTensor } from "./reference_names.ts";
import { elementCount } from "../safetensors_header.ts";
import type { Archive } from "./archive.ts";
import { damaged, type StoredNumbers, type StoredTensor } from "./pickled.ts";
import { storageBytes } from "./python_names.ts";

/**
 * Reads the values of a tensor of a checkpoint.
 *
 * @param name for messages
 * @throws {CheckpointError} if the tensor is not of finite floats, row by row, within its stored numbers
 */
export async function readTensor(archive: Archive, tensor: StoredTensor, name: string): Promise<FloatTensor> {
  const { storage, offset, shape } = tensor;
  const where = `${archive.path}, tensor ${name}`;
  if (!isFloat(storage)) throw unsupported(where, "floats (such as FloatStorage)", storage.type);
  if (!isContiguous(tensor)) {
    throw unsupported(
      where,
      "values row by row",
      `strides [${tensor.strides.join(", ")}] for shape [${shape.join(", ")}]`,
    );
  }
  const count = elementCount(shape);
  // without values the other extents could be anything, and take forever to go through
  if (count === 0) throw damaged(where, "at least one value", `shape [${shape.join(", ")}]`);
  if (offset + count > storage.length) {
    throw damaged(where, `${count} values from ${offset} on`, `${storage.length} stored numbers`);
  }
  const bytes = await archive.readStorage(storage.key);
  const size = storage.length * storageBytes[storage.type];
  if (bytes.length !== size) {
    throw damaged(`${where}, data/${storage.key}`, `${size} bytes`, `${bytes.length} bytes`);
  }
  const values = floatsOf(bytes, storage.type).slice(offset, offset + count);
  const faulty = values.findIndex((value) => !Number.isFinite(value));
  if (faulty >= 0) throw damaged(where, "finite numbers", `${values[faulty]} as value ${faulty}`);
  return { shape, values };
}

/** Tells whether stored numbers are floats of any size. */
export function isFloat({ type }: StoredNumbers): boolean {
  return ["FloatStorage", "DoubleStorage", "HalfStorage", "BFloat16Storage"].includes(type);
}

function floatsOf(bytes: Uint8Array<ArrayBuffer>, type: string): Float32Array<ArrayBuffer> {
  if (type === "HalfStorage") return widenFloats(bytes, "float16");
  if (type === "BFloat16Storage") return widenFloats(bytes, "bfloat16");
  const buffer = bytes.slice().buffer;
  return type === "DoubleStorage" ? Float32Array.from(new Float64Array(buffer)) : new Float32Array(buffer);
}

function isContiguous({ shape, strides }: StoredTensor): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    // the stride of a single element is never used
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}

function unsupported(where: string, expected: string, found: string): CheckpointError {
  const advice = "Save the model again in Python, with every tensor as tensor.float().contiguous().";
  return new CheckpointError({ where, expected, found, advice });
}
