import assert from "node:assert/strict";
import fc from "fast-check";
import { ParameterError } from "../../errors.ts";
import { type Cell, joinLines, type Notebook } from "./notebook_file.ts";
import { distributeParameters, injectParameters, parameterNames, parseParameters } from "./parameters.ts";

const code = (source: string, ...tags: string[]): Cell => ({
  cell_type: "code",
  metadata: { tags },
  source,
  outputs: [],
});
const notebook: Notebook = {
  cells: [
    code("import x"),
    code('let profile = "sample";\nlet seed: number = 1; // let not = 2\nconst fixed = 3;', "parameters"),
    code("run()"),
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};

Deno.test("any JSON value given as text comes back", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const parsed = parseParameters([`name=${JSON.stringify(value)}`]);
    assert.equal(JSON.stringify(parsed.name), JSON.stringify(value));
  }));
});

Deno.test("what is not JSON is text, and '=' may be part of it", () => {
  assert.deepEqual(parseParameters(["a=Scientific", "b=x=y", "c="]), { a: "Scientific", b: "x=y", c: "" });
  for (const text of ["seed", "=1", "1a=2", ""]) assert.throws(() => parseParameters([text]), ParameterError);
});

Deno.test("the values follow the parameters cell, and the sources stay as they were", () => {
  assert.deepEqual(parameterNames(notebook), ["profile", "seed"]);
  const before = structuredClone(notebook);
  const injected = injectParameters(notebook, { seed: 7, profile: 'O"R' }, "01-datasets");
  assert.deepEqual(notebook, before);
  assert.equal(injected.cells.length, 4);
  assert.deepEqual(injected.cells[2].metadata.tags, ["injected-parameters"]);
  assert.equal(joinLines(injected.cells[2].source), 'let seed = 7;\nlet profile = "O\\"R";');
  const again = injectParameters(injected, { seed: 8 }, "01-datasets");
  assert.equal(joinLines(again.cells[2].source), "let seed = 8;");
  assert.deepEqual(injectParameters(injected, {}, "01-datasets"), notebook);
});

Deno.test("an unknown parameter is refused with the names there are", () => {
  assert.throws(
    () => injectParameters(notebook, { fixed: 1 }, "01-datasets"),
    (error: Error) =>
      error instanceof ParameterError && /fixed of 01-datasets.*profile, seed/.test(error.message),
  );
});

const other: Notebook = { ...notebook, cells: [code("let seed = 2;\nlet epochs = 3;", "parameters")] };
const notebooks = { "01-datasets": notebook, "05-comparison": other, "06-none": { ...notebook, cells: [] } };

Deno.test("a value goes to every notebook that has the parameter, and to no other", () => {
  assert.deepEqual(distributeParameters(notebooks, { seed: 7, epochs: 9 }), {
    "01-datasets": { seed: 7 },
    "05-comparison": { seed: 7, epochs: 9 },
    "06-none": {},
  });
  assert.deepEqual(Object.values(distributeParameters(notebooks, {})), [{}, {}, {}]);
});

Deno.test("a parameter that no notebook has is refused with the names that there are", () => {
  assert.throws(() => distributeParameters(notebooks, { seed: 7, epoch: 3 }), {
    name: "ParameterError",
    message: /^parameter epoch: .*: epochs, profile, seed, but found epoch/,
  });
});

const typed: Notebook = {
  ...notebook,
  cells: [code(
    [
      "let names: string[] | null = null; // a, b",
      "let epochs = 300; // at most",
      "let runs: string | null | undefined = undefined;",
      "let pretrainingEpochsOf: Record<string, number> = {};",
    ].join("\n"),
    "parameters",
  )],
};
const put = (values: Record<string, unknown>) => () => injectParameters(typed, values, "03-pretraining");

Deno.test("a value of another type is refused before anything runs, with how it is written", () => {
  put({ names: ["Office"], epochs: 3, runs: null, pretrainingEpochsOf: { CCDR: 8 } })();
  const refused = (values: Record<string, unknown>, message: RegExp) =>
    assert.throws(put(values), { name: "ParameterError", message });
  refused(
    { names: "Office" },
    /^parameter names of 03-pretraining: expected a list of texts or null, but found "Office"\. .*'names=\["Office"\]'$/,
  );
  refused({ epochs: true }, /expected a number, but found true\. .* let epochs = 300; \/\/ at most$/);
  refused({ epochs: "5" }, /expected a number, but found "5"\. .*'epochs=5'$/);
  refused({ pretrainingEpochsOf: 8 }, /expected a number for each name, but found 8\./);
  assert.throws(() => distributeParameters({ one: typed }, parseParameters(["epochs=.5e1"])), {
    name: "ParameterError",
    message: /^parameter epochs of one: expected a number, but found ".5e1"\. .*'epochs=5'$/,
  });
});
