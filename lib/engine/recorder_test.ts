import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import "./kernels/mod.ts";
import { asTensor, emit, input, record, recorderName, recordingFor } from "./recorder.ts";

const spec = { shape: [2], type: "float32" } as const;

/** Records a function of one input, and says how it failed. */
async function failureOf(compute: (x: tf.Tensor) => Record<string, tf.Tensor>): Promise<Error> {
  const before = tf.getBackend();
  const failure = await record("cpu", () => compute(input("x", spec))).then(
    () => assert.fail("was recorded"),
    (error) => error,
  );
  assert.equal(recordingFor(), null, "recording has ended");
  assert.equal(tf.getBackend(), before, "the former back-end is selected again");
  assert.equal(failure.name, "EngineError");
  return failure;
}

Deno.test("calls become nodes, inputs and outputs keep names, shapes and types", async () => {
  const graph = await record("cpu", () => {
    const [x, n] = [input("x", spec), input("n", { shape: [], type: "int32" })];
    return { y: tf.neg(tf.mul(x, 3)), n: tf.abs(n) };
  });
  assert.deepEqual(graph.nodes.map((node) => node.operator), ["Mul", "Neg", "Abs"]);
  assert.deepEqual([...graph.inputs], [["x", spec], ["n", { shape: [], type: "int32" }]]);
  assert.deepEqual([...graph.outputs].map(([name, { spec }]) => [name, spec]), [
    ["y", spec],
    ["n", { shape: [], type: "int32" }],
  ]);
});

Deno.test("gradients are recorded like any other call", async () => {
  const graph = await record("cpu", () => {
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.exp(x)))(input("x", spec));
    return { gradient };
  });
  assert.ok(graph.nodes.some((node) => node.operator === "Exp"));
  assert.deepEqual(graph.outputs.get("gradient")!.spec, spec);
});

Deno.test("inside a recording the platform is known, outside there is none", async () => {
  for (const platform of ["cpu", "webgpu"] as const) {
    await record(platform, () => {
      assert.equal(recordingFor(), platform);
      return { x: input("x", spec) };
    });
  }
  assert.equal(recordingFor(), null);
});

Deno.test("reading a value that is not there yet is refused", async () => {
  const { message } = await failureOf((x) => ({ y: tf.mul(x, x.dataSync()[0]) }));
  assert.match(message, /a tensor whose value is read .* return the tensor as an output and read it there/);
});

Deno.test("numbers given in the function can be read while recording", async () => {
  await record("cpu", () => {
    assert.deepEqual([...tf.tensor1d([4, 5]).dataSync()], [4, 5]);
    return { x: input("x", spec) };
  });
});

Deno.test("an operation without an ONNX form is refused by its kernel's name", async () => {
  const { message } = await failureOf((x) => ({ y: tf.cumsum(x) }));
  assert.match(message, /found kernel Cumsum\. .*add the kernel there/);
});

Deno.test("a tensor from outside is refused by its shape", async () => {
  await tf.setBackend("cpu");
  const computed = tf.zeros([7, 2]);
  let escaped: tf.Tensor = computed;
  await record("cpu", () => {
    escaped = tf.keep(tf.exp(input("z", spec)));
    return { escaped };
  });
  for (const outside of [computed, escaped]) {
    const { message } = await failureOf((x) => ({ y: tf.add(outside, x) }));
    assert.match(message, /expected tensors made inside the recorded function/);
    assert.ok(
      message.includes(`found a tensor of shape [${outside.shape}] from outside. Pass it as an input.`),
    );
  }
});

Deno.test("two inputs of one name are refused", async () => {
  const { message } = await failureOf(() => ({ x: input("x", spec) }));
  assert.match(message, /^input x: expected one input of that name, but found two/);
});

Deno.test("an output that is neither float nor integer is refused by its name", async () => {
  const { message } = await failureOf((x) => ({ positive: tf.greater(x, 0) }));
  assert.match(message, /^output positive: expected dtype float32 or int32, but found bool/);
});

Deno.test("the recording back-end cannot be used outside of a recording", async () => {
  await tf.setBackend(recorderName);
  try {
    assert.throws(() => tf.neg(tf.tensor1d([1])), {
      name: "EngineError",
      message: /expected to be used inside record\(\)/,
    });
  } finally {
    await tf.setBackend("cpu");
  }
});

Deno.test("an operator of one's own can be recorded", async () => {
  const graph = await record("cpu", () => ({
    y: asTensor(emit("Mish", [input("x", spec)], spec.shape, spec.type)),
  }));
  assert.deepEqual(graph.nodes.map(({ operator, inputs }) => [operator, inputs]), [["Mish", ["x"]]]);
});

Deno.test("other errors of the function pass through as they are", async () => {
  await assert.rejects(
    record("cpu", () => {
      throw new RangeError("of its own");
    }),
    { name: "RangeError", message: "of its own" },
  );
});
