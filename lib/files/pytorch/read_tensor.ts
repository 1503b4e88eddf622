import { CheckpointError } from "../../errors.ts";
import type { FloatTensor } from "./reference_names.ts";
import { elementCount } from "../safetensors_header.ts";
import type { Archive } from "./archive.ts";
import { damaged, type StoredTensor } from "./pickled.ts";
import { storageBytes } from "./python_names.ts";

/**
 * Reads the values of a tensor of a checkpoint.
 *
 * @param name for messages
 * @throws {CheckpointError} if the tensor is not of finite 32-bit floats, row by row, within its stored numbers
 */
export async function readTensor(archive: Archive, tensor: StoredTensor, name: string): Promise<FloatTensor> {
  const { storage, offset, shape } = tensor;
  const where = `${archive.path}, tensor ${name}`;
  if (storage.type !== "FloatStorage") {
    throw unsupported(where, "32-bit floats (FloatStorage)", storage.type);
  }
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
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, storage.length).slice(
    offset,
    offset + count,
  );
  const faulty = values.findIndex((value) => !Number.isFinite(value));
  if (faulty >= 0) throw damaged(where, "finite numbers", `${values[faulty]} as value ${faulty}`);
  return { shape, values };
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
