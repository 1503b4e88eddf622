import { damaged, describe, isKind, type Pickled } from "./pickled.ts";
import { applyName, findStorage, resolveName } from "./python_names.ts";

/** Where the reading of a pickle stands: the machine that Python's format describes. */
interface Machine {
  bytes: Uint8Array;
  view: DataView;
  position: number;
  stack: Pickled[];
  /** Heights of the stack at which groups of values begin. */
  marks: number[];
  memo: Map<number, Pickled>;
  /** Names the file and the opcode, for messages. */
  where: string;
}

/**
 * Reads a pickle as `torch.save` writes it, without running any code.
 *
 * It knows the opcodes of pickle protocol 2 that PyTorch uses, and the names of python_names.ts.
 *
 * @param bytes the pickle
 * @param path the file's name, for messages
 * @throws {CheckpointError} if the pickle is cut off or damaged, or names anything that is not allowed
 */
export function unpickle(bytes: Uint8Array, path: string): Pickled {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const machine: Machine = { bytes, view, position: 0, stack: [], marks: [], memo: new Map(), where: path };
  while (true) {
    machine.where = `${path}, byte ${machine.position} of its pickle`;
    const opcode = take(machine, 1);
    if (view.getUint8(opcode) === stop) break;
    const step = opcodes[view.getUint8(opcode)];
    if (!step) {
      const found = `0x${view.getUint8(opcode).toString(16).padStart(2, "0")}`;
      throw damaged(machine.where, "an opcode that PyTorch uses", found);
    }
    step(machine);
  }
  const result = pop(machine);
  if (machine.stack.length > 0 || machine.marks.length > 0) {
    throw damaged(machine.where, "one value at the end", `${machine.stack.length + 1} values`);
  }
  return result;
}

/** Moves past the next `count` bytes and returns where they begin. */
function take(machine: Machine, count: number): number {
  const begin = machine.position;
  if (begin + count > machine.bytes.length) {
    throw damaged(machine.where, `${count} more bytes`, `the end after ${machine.bytes.length - begin}`);
  }
  machine.position += count;
  return begin;
}

function pop(machine: Machine): Pickled {
  const floor = machine.marks.at(-1) ?? 0;
  if (machine.stack.length <= floor) throw damaged(machine.where, "a value on the stack", "none");
  return machine.stack.pop()!;
}

function popGroup(machine: Machine): Pickled[] {
  const mark = machine.marks.pop();
  if (mark === undefined) throw damaged(machine.where, "the mark of a group", "none");
  return machine.stack.splice(mark);
}

function popTuple(machine: Machine, length: number): Pickled[] {
  return Array.from({ length }, () => pop(machine)).reverse();
}

function text(machine: Machine, begin: number, end: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      machine.bytes.subarray(begin, end),
    );
  } catch (cause) {
    throw damaged(machine.where, "UTF-8 text", "other bytes", cause);
  }
}

function line(machine: Machine): string {
  const begin = machine.position;
  const end = machine.bytes.indexOf("\n".charCodeAt(0), begin);
  if (end < 0) throw damaged(machine.where, "a line", "the end of the pickle");
  machine.position = end + 1;
  return text(machine, begin, end);
}

function longInteger(machine: Machine): number | bigint {
  const length = machine.view.getUint8(take(machine, 1));
  const begin = take(machine, length);
  let value = 0n;
  for (let i = length - 1; i >= 0; i--) value = value << 8n | BigInt(machine.bytes[begin + i]);
  const signed = BigInt.asIntN(8 * length, value);
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}

function recall(machine: Machine, index: number): Pickled {
  const value = machine.memo.get(index);
  if (value === undefined) throw damaged(machine.where, "a value that was remembered", `index ${index}`);
  return value;
}

function remember(machine: Machine, index: number): void {
  const value = pop(machine);
  machine.memo.set(index, value);
  machine.stack.push(value);
}

function append(machine: Machine, values: Pickled[]): void {
  const list = pop(machine);
  if (!Array.isArray(list)) throw damaged(machine.where, "a list to append to", describe(list));
  for (const value of values) list.push(value);
  machine.stack.push(list);
}

function setItems(machine: Machine, keysAndValues: Pickled[]): void {
  const dictionary = pop(machine);
  if (!(dictionary instanceof Map)) throw damaged(machine.where, "a dictionary", describe(dictionary));
  if (keysAndValues.length % 2 !== 0) {
    throw damaged(machine.where, "keys and values", `${keysAndValues.length} of them`);
  }
  for (let i = 0; i < keysAndValues.length; i += 2) dictionary.set(keysAndValues[i], keysAndValues[i + 1]);
  machine.stack.push(dictionary);
}

/** Drops an object's attributes: foreign objects stay empty, and PyTorch's dictionaries carry version numbers. */
function build(machine: Machine): void {
  pop(machine);
  const object = pop(machine);
  if (!isKind(object, "foreign") && !(object instanceof Map)) {
    throw damaged(machine.where, "an object that can have attributes", describe(object));
  }
  machine.stack.push(object);
}

function apply(machine: Machine): void {
  const args = pop(machine);
  machine.stack.push(applyName(pop(machine), args, machine.where));
}

const stop = ".".charCodeAt(0);

/** Makes the step of an opcode that pushes one value. */
function pushing(value: (machine: Machine) => Pickled): (machine: Machine) => void {
  return (machine) => {
    machine.stack.push(value(machine));
  };
}

/** What each opcode does, by its byte; the names are Python's. */
const opcodes: Record<number, (machine: Machine) => void> = {
  /* PROTO */ 0x80: (machine) => {
    const version = machine.view.getUint8(take(machine, 1));
    if (version !== 2) throw damaged(machine.where, "pickle protocol 2", `protocol ${version}`);
  },
  /* NONE "N" */ 0x4e: pushing(() => null),
  /* NEWTRUE */ 0x88: pushing(() => true),
  /* NEWFALSE */ 0x89: pushing(() => false),
  /* BININT "J" */ 0x4a: pushing((machine) => machine.view.getInt32(take(machine, 4), true)),
  /* BININT1 "K" */ 0x4b: pushing((machine) => machine.view.getUint8(take(machine, 1))),
  /* BININT2 "M" */ 0x4d: pushing((machine) => machine.view.getUint16(take(machine, 2), true)),
  /* LONG1 */ 0x8a: pushing(longInteger),
  /* BINFLOAT "G" */ 0x47: pushing((machine) => machine.view.getFloat64(take(machine, 8))),
  /* BINUNICODE "X" */ 0x58: pushing((machine) => {
    const length = machine.view.getUint32(take(machine, 4), true);
    const begin = take(machine, length);
    return text(machine, begin, begin + length);
  }),
  /* EMPTY_TUPLE ")" */ 0x29: pushing(() => []),
  /* TUPLE1 */ 0x85: pushing((machine) => popTuple(machine, 1)),
  /* TUPLE2 */ 0x86: pushing((machine) => popTuple(machine, 2)),
  /* TUPLE3 */ 0x87: pushing((machine) => popTuple(machine, 3)),
  /* MARK "(" */ 0x28: (machine) => {
    machine.marks.push(machine.stack.length);
  },
  /* TUPLE "t" */ 0x74: pushing(popGroup),
  /* EMPTY_LIST "]" */ 0x5d: pushing(() => []),
  /* APPEND "a" */ 0x61: (machine) => append(machine, [pop(machine)]),
  /* APPENDS "e" */ 0x65: (machine) => append(machine, popGroup(machine)),
  /* EMPTY_DICT "}" */ 0x7d: pushing(() => new Map()),
  /* SETITEM "s" */ 0x73: (machine) => setItems(machine, popTuple(machine, 2)),
  /* SETITEMS "u" */ 0x75: (machine) => setItems(machine, popGroup(machine)),
  /* BINPUT "q" */ 0x71: (machine) => remember(machine, machine.view.getUint8(take(machine, 1))),
  /* LONG_BINPUT "r" */ 0x72: (machine) => remember(machine, machine.view.getUint32(take(machine, 4), true)),
  /* BINGET "h" */ 0x68: pushing((machine) => recall(machine, machine.view.getUint8(take(machine, 1)))),
  /* LONG_BINGET "j" */ 0x6a: pushing((machine) =>
    recall(machine, machine.view.getUint32(take(machine, 4), true))
  ),
  /* GLOBAL "c" */ 0x63: pushing((machine) => resolveName(line(machine), line(machine), machine.where)),
  /* REDUCE "R" */ 0x52: apply,
  /* NEWOBJ */ 0x81: apply,
  /* BUILD "b" */ 0x62: build,
  /* BINPERSID "Q" */ 0x51: pushing((machine) => findStorage(pop(machine), machine.where)),
};
