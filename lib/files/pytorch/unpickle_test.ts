import assert from "node:assert/strict";
import fc from "fast-check";
import { CheckpointError } from "../../errors.ts";
import type { Pickled } from "./pickled.ts";
import {
  ascii,
  call,
  dictionary,
  pickle,
  type PythonObject,
  stateDictionary,
  tensor,
} from "./test_helpers.ts";
import { unpickle } from "./unpickle.ts";

const path = "model.pth";
const example = tensor({ shape: [2, 3], values: new Float32Array(6) });

/** Puts a pickle together from opcodes by letter or number and their arguments. */
function assemble(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => typeof part === "string" ? [...ascii(part)] : [part]));
}

function assertRefused(pickled: Uint8Array, message: RegExp) {
  assert.throws(() => unpickle(pickled, path), { name: "CheckpointError", message });
}

/** Returns what should be read of an object: tuples are arrays. */
function asRead(value: PythonObject): unknown {
  if (Array.isArray(value)) return value.map(asRead);
  if (value instanceof Map) return new Map([...value].map(([key, held]) => [key, asRead(held)]));
  const isTuple = value !== null && typeof value === "object" && value.kind === "tuple";
  return isTuple ? value.values.map(asRead) : value;
}

Deno.test("nested lists, tuples, dictionaries, numbers, texts, truth values and None are read back", () => {
  const { value: values } = fc.letrec<{ value: PythonObject }>((tie) => {
    const group = fc.array(tie("value"), { maxLength: 5 });
    return {
      value: fc.oneof(
        { maxDepth: 3 },
        fc.integer(),
        fc.double(),
        fc.string({ unit: "binary" }),
        fc.boolean(),
        fc.constant(null),
        group,
        group.map((members): PythonObject => ({ kind: "tuple", values: members })),
        fc.array(fc.tuple(fc.string(), tie("value")), { maxLength: 5 }).map((items) => new Map(items)),
      ),
    };
  });
  fc.assert(fc.property(values, (value) => {
    assert.deepEqual(unpickle(pickle(value), path), asRead(value));
  }));
});

Deno.test("long integers are exact, whatever their sign and length", () => {
  fc.assert(fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (written) => {
    const digits = Array.from({ length: 9 }, (_, i) => Number(BigInt.asUintN(8, written >> BigInt(8 * i))));
    const read = unpickle(assemble(0x80, 2, 0x8a, 9, ...digits, "."), path);
    assert.equal(BigInt(read as number | bigint), written);
  }));
});

Deno.test("short integers, short tuples and single items have opcodes of their own", () => {
  assert.deepEqual(unpickle(assemble("K", 255, "M", 255, 255, "J", 255, 255, 255, 255, 0x87, "."), path), [
    255,
    65_535,
    -1,
  ]);
  assert.deepEqual(unpickle(assemble("]NN", 0x86, "a)", 0x85, "a."), path), [[null, null], [[]]]);
});

Deno.test("what was remembered is the same object again", () => {
  const [remember, recall] = [["q", 1, "r", 0, 1, 0, 0], ["h", 1, "j", 0, 1, 0, 0]];
  const read = unpickle(assemble(0x80, 2, "](]", ...remember, ...recall, "e."), path) as Pickled[];
  assert.equal(read.length, 3);
  assert.ok(read.every((member) => member === read[0]));
});

Deno.test("a state dictionary becomes a map of tensors that refer to the archive", () => {
  const weight = { ...example, offset: 1, length: 7 };
  const expected = new Map([["weight", {
    kind: "tensor",
    storage: { kind: "storage", key: "0", type: "FloatStorage", length: 7 },
    offset: 1,
    shape: [2, 3],
    strides: [3, 1],
  }]]);
  assert.deepEqual(unpickle(pickle(stateDictionary({ weight })), path), expected);
  const parameter = call("torch._utils._rebuild_parameter", weight, true, call("collections.OrderedDict"));
  assert.deepEqual(unpickle(pickle(stateDictionary({ weight: parameter })), path), expected);
});

Deno.test("a key such as __proto__ is a key like others", () => {
  const read = unpickle(pickle(dictionary({ ["__proto__"]: dictionary({ isAdmin: true }) })), path);
  assert.deepEqual([...(read as Map<Pickled, Pickled>).keys()], ["__proto__"]);
  assert.ok(!("isAdmin" in {}));
});

Deno.test("RecBole's objects are read as empty objects of their class", () => {
  const className = "recbole.config.configurator.Config";
  const config: PythonObject = { kind: "object", className, attributes: dictionary({ weight: example }) };
  assert.deepEqual(unpickle(pickle(config), path), { kind: "foreign", className });
  const modelType = "recbole.utils.enum_type.ModelType";
  assert.deepEqual(unpickle(pickle(call(modelType, 2)), path), { kind: "foreign", className: modelType });
});

for (
  const name of [
    "os.system",
    "posix.system",
    "__builtin__.eval",
    "__builtin__.getattr",
    "torch.load",
    "a.Config",
  ]
) {
  Deno.test(`the Python name ${name} is refused, wherever it stands and however it is used`, () => {
    const message = new RegExp(`^model\\.pth, byte \\d+ of its pickle: .* found the Python name ${name}\\.`);
    assertRefused(pickle({ kind: "name", name }), message);
    assertRefused(pickle(dictionary({ config: call(name, "echo harm") })), message);
    assertRefused(pickle([{ kind: "object", className: name, attributes: new Map() }]), message);
  });
}

Deno.test("allowed names are refused where they do not belong", () => {
  assertRefused(pickle(call("torch.FloatStorage", 3)), /arguments that fit/);
  assertRefused(pickle(call("torch._utils._rebuild_tensor_v2", 1, 2, 3, 4)), /stored numbers of a tensor/);
  assertRefused(pickle(call("torch._utils._rebuild_parameter", 1)), /arguments that fit/);
  assertRefused(pickle(call("collections.OrderedDict", [1])), /arguments that fit/);
  // what a call returns is called in turn
  assertRefused(assemble("ctorch\ndevice\n)R)R."), /a Python name and its arguments/);
});

Deno.test("shapes, strides and offsets that are no counts are refused", () => {
  for (
    const fault of [{ shape: [-1] }, { shape: [2, 0.5] }, { strides: [1] }, { offset: -1 }, { offset: 0.5 }]
  ) {
    assertRefused(pickle({ ...example, ...fault }), /offset, shape and strides/);
  }
  assertRefused(pickle({ ...example, length: -1 }), /persistent id/);
  assertRefused(pickle({ ...example, type: "device" }), /a class of stored numbers/);
});

Deno.test("opcodes that PyTorch does not write, and other protocols, are refused", () => {
  // POP, INST, EXT1, STACK_GLOBAL, BYTEARRAY8
  for (const opcode of [0x30, 0x69, 0x82, 0x93, 0x96]) {
    const written = `0x${opcode.toString(16)}`;
    assertRefused(
      assemble(0x80, 2, opcode),
      new RegExp(`byte 2 of its pickle: .* opcode .* found ${written}\\.`),
    );
  }
  assertRefused(assemble(0x80, 4), /pickle protocol 2, but found protocol 4/);
});

Deno.test("values that are missing or left over are refused", () => {
  assertRefused(assemble("."), /a value on the stack/);
  assertRefused(assemble("NN."), /one value at the end/);
  assertRefused(assemble("N(."), /a value on the stack/);
  assertRefused(assemble("t."), /the mark of a group/);
  assertRefused(assemble("N(a"), /a value on the stack/);
  assertRefused(assemble("NNa"), /a list to append to/);
  assertRefused(assemble("]NNs"), /a dictionary, but found a list/);
  assertRefused(assemble("}(Nu"), /keys and values, but found 1/);
  assertRefused(assemble("h", 3), /remembered, but found index 3/);
  assertRefused(assemble("NNb"), /attributes, but found null/);
  assertRefused(assemble("NQ"), /persistent id/);
  assertRefused(assemble("X", 1, 0, 0, 0, 0xff), /UTF-8/);
  assertRefused(assemble("cos"), /a line/);
});

/** A pickle with everything in it that a checkpoint has. */
const whole = pickle(dictionary({
  config: { kind: "object", className: "config.Config", attributes: dictionary({ seed: 2020, rate: 1e-3 }) },
  state_dict: stateDictionary({ weight: example }),
  optimizer: dictionary({ param_groups: [dictionary({ betas: { kind: "tuple", values: [0.9, 0.999] } })] }),
}));

Deno.test("a pickle that is cut off anywhere is refused", () => {
  assert.ok(unpickle(whole, path) instanceof Map);
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => unpickle(whole.subarray(0, length), path), CheckpointError);
  }
});

Deno.test("a pickle with changed bytes is read or refused, and never fails in another way", () => {
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(changes, (changed) => {
      const damagedBytes = Uint8Array.from(whole);
      for (const [position, byte] of changed) damagedBytes[position] = byte;
      try {
        unpickle(damagedBytes, path);
      } catch (error) {
        assert.ok(error instanceof CheckpointError, String(error));
      }
    }),
    { numRuns: 2_000 },
  );
});
