import assert from "node:assert/strict";
import { listNotebooks } from "./notebooks.ts";
import { readNotebook } from "./notebook_file.ts";
import { describeType, isOfType, likelyMeant, readDeclarations } from "./parameter_types.ts";
import { parameterDeclarations } from "./parameters.ts";

Deno.test("a declaration has its type, or that of its literal", () => {
  const typeOf = (line: string) => readDeclarations(line)[0]?.[1].type;
  assert.equal(typeOf('let kind: "a" | "b" = "a"; // of x: y = z'), '"a" | "b"');
  assert.equal(typeOf("let rates: Record<string, number[]> = {};"), "Record<string, number[]>");
  assert.equal(typeOf("let seed=-.5; // let not = 2"), "number");
  assert.equal(typeOf("let name = 'x: y';"), "string");
  assert.equal(typeOf("let all = false;"), "boolean");
  assert.equal(typeOf("let names: string[] = ["), "string[]");
  assert.equal(typeOf("let size: number;"), "number");
  assert.equal(typeOf("let sum = one + two;"), null);
  for (const line of ["const fixed = 3;", "  let inner = 3;", "// let it be"]) {
    assert.deepEqual(readDeclarations(line), []);
  }
});

Deno.test("a line may declare several parameters", () => {
  const declared = (line: string) => readDeclarations(line).map(([name, { type }]) => [name, type]);
  assert.deepEqual(
    declared(
      'let profile = "a, b; // c", rates: Record<string, number[]> = { a: [1, 2] }, seed = 1; // x, y = 2',
    ),
    [["profile", "string"], ["rates", "Record<string, number[]>"], ["seed", "number"]],
  );
  assert.deepEqual(
    declared("let names: string[] = all.map(({ name, id }) => f(name, id)), open: number | null = null;"),
    [
      ["names", "string[]"],
      ["open", "number | null"],
    ],
  );
  assert.deepEqual(declared("let pair: [string, string] | [] = [], size: number;"), [
    ["pair", "[string, string] | []"],
    ["size", "number"],
  ]);
});

const values: Record<string, unknown[]> = {
  number: [0, -1.5],
  string: ["", "5"],
  boolean: [true],
  null: [null],
  "number[]": [[0, 1]],
  "string[]": [["a"]],
  "[string, string]": [["a", "b"]],
  "Record<string, number>": [{ a: 1 }],
  "Record<string, number[]>": [{ a: [1] }],
  '"linear"': ["linear"],
};

Deno.test("a type takes its own values and no other type's, alone and beside null", () => {
  for (const [type, own] of Object.entries(values)) {
    const others = Object.entries(values).flatMap(([other, list]) => other === type ? [] : list);
    for (const value of own) assert.ok(isOfType(value, type) && isOfType(value, `${type} | null`), type);
    for (const value of others) {
      // texts are texts, whichever; and two texts are a list of texts
      const within = { string: ["linear"], "string[]": [["a", "b"]] }[type] ?? [];
      const expected = within.some((one) => JSON.stringify(one) === JSON.stringify(value));
      assert.equal(isOfType(value, type), expected, `${JSON.stringify(value)} as ${type}`);
    }
  }
  assert.ok(!isOfType(Infinity, "number"), "a number that JSON does not have");
  for (const list of ["number[]", "[string, string]", "[]", "Record<string, number>"]) {
    assert.equal(isOfType([], list), list === "number[]" || list === "[]", list);
  }
  for (const negatives of ["popularity", "uniform", { by: "uniform", count: 9 }, null]) {
    assert.ok(isOfType(negatives, "NegativesChoice"));
  }
  for (const negatives of ["popular", 9, ["uniform"], true]) {
    assert.ok(!isOfType(negatives, "NegativesChoice"));
  }
  assert.ok(isOfType("anything", "Date"), "what is not understood is left to the notebook");
});

Deno.test("every parameter of every notebook has a type that refuses something", async () => {
  const candidates = [...Object.values(values).flat(), "neither"];
  for (const path of await listNotebooks()) {
    const declarations = Object.entries(parameterDeclarations(await readNotebook(path)));
    assert.ok(declarations.length > 0, path);
    for (const [name, { type }] of declarations) {
      assert.ok(type !== null && candidates.some((value) => !isOfType(value, type)), `${name} of ${path}`);
    }
  }
});

Deno.test("what was meant is guessed from what was written, and nothing is made up", () => {
  assert.equal(likelyMeant(".003", "number | null"), 0.003);
  assert.equal(likelyMeant(2020, "string | null"), "2020");
  assert.deepEqual(likelyMeant("Office", "string[] | null"), ["Office"]);
  assert.deepEqual(likelyMeant(".003", "number[]"), [0.003]);
  assert.deepEqual(likelyMeant({ SASRec: 0.001 }, "Record<string, number[]>"), { SASRec: [0.001] });
  for (
    const [value, type] of [[null, "string[]"], [null, "string"], [true, "number"], ["", "number"]] as const
  ) {
    assert.equal(likelyMeant(value, type), undefined);
  }
});

Deno.test("types are described in words", () => {
  assert.equal(describeType("number | null"), "a number or null");
  assert.equal(describeType("string | null | undefined"), "a text or null");
  assert.equal(describeType("NegativesChoice"), '"popularity" or "uniform" or object or null');
  assert.equal(describeType('"parametric" | "linear"'), '"parametric" or "linear"');
});
