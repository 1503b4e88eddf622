/** The kinds of numbers that enter or leave a program. */
export type ArrayType = "float32" | "int32" | "uint8";

/** A typed array of one of these kinds. */
export type NumberArray = Float32Array | Int32Array | Uint8Array;

/** Shape and type of one named array; a program is compiled for exactly these. */
export interface ArraySpec {
  /** Extents, outermost first; `[]` for a single number. */
  shape: readonly number[];
  /** The kind of its numbers. */
  type: ArrayType;
}

/** Arrays by name: what a program is given and what it returns. */
export type Arrays = Record<string, NumberArray>;

const constructors = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array };

/** Returns how many numbers a shape holds; a scalar's shape `[]` holds one. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1);
}

/** Makes an array of zeros with the given shape and type. */
export function allocate(spec: ArraySpec): NumberArray {
  return new constructors[spec.type](sizeOf(spec.shape));
}

/** Tells whether an array has the given type and as many numbers as the shape holds. */
export function fits(spec: ArraySpec, array: NumberArray): boolean {
  return array instanceof constructors[spec.type] && array.length === sizeOf(spec.shape);
}
