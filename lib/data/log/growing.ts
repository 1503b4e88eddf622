type TypedArray = Int32Array | Float64Array;

/** Numbers that are added to one after the other, in a typed array. */
export interface Growing<T extends TypedArray> {
  push(value: number): void;
  pushAll(values: ArrayLike<number>): void;
  /** Returns what has been added, as a view. */
  values(): T;
}

/** Makes an empty list of numbers that takes no more than twice the memory of what it holds. */
export function growing<T extends TypedArray>(Type: new (length: number) => T): Growing<T> {
  let array = new Type(1024), length = 0;
  const reserve = (count: number) => {
    if (count <= array.length) return;
    const larger = new Type(Math.max(count, 2 * array.length));
    larger.set(array);
    array = larger;
  };
  return {
    push(value) {
      reserve(length + 1);
      array[length++] = value;
    },
    pushAll(values) {
      reserve(length + values.length);
      array.set(values, length);
      length += values.length;
    },
    values: () => array.subarray(0, length) as T,
  };
}
