import { show } from "../../checks.ts";
import { ParameterError } from "../../errors.ts";
import { hasTag, joinLines, type Notebook, splitLines } from "./notebook_file.ts";
import {
  type Declaration,
  describeType,
  isOfType,
  likelyMeant,
  readDeclarations,
} from "./parameter_types.ts";

/** Values for a notebook's parameters, by name. */
export type ParameterValues = Record<string, unknown>;

/**
 * Reads `name=value` texts; a value is JSON if it can be, otherwise the text itself.
 *
 * @throws {ParameterError} if a text has no name or no `=`
 * @example
 * ```ts
 * import { parseParameters } from "./parameters.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseParameters(["seed=7", "dataset=OR"]), { seed: 7, dataset: "OR" });
 * ```
 */
export function parseParameters(texts: string[]): ParameterValues {
  return Object.fromEntries(texts.map((text) => {
    const parts = text.match(/^([A-Za-z_$][\w$]*)=([^]*)$/);
    if (!parts) {
      throw new ParameterError({
        where: "--set",
        expected: "name=value",
        found: JSON.stringify(text),
        advice: "For example: --set seed=7 --set dataset=Scientific",
      });
    }
    return [parts[1], parseValue(parts[2])];
  }));
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Returns the names that a notebook's cell tagged `parameters` declares with `let`. */
export function parameterNames(notebook: Notebook): string[] {
  return Object.keys(parameterDeclarations(notebook));
}

/** Returns the declarations of a notebook's parameters, by name. */
export function parameterDeclarations(notebook: Notebook): Record<string, Declaration> {
  const cell = notebook.cells.find((cell) => hasTag(cell, "parameters"));
  const lines = joinLines(cell?.source ?? "").split("\n");
  return Object.fromEntries(lines.flatMap(readDeclarations));
}

/**
 * Checks that parameters get values of their types, which the kernel does not: a notebook would count with a text.
 *
 * @param where the notebook's name, for messages
 */
function checkTypes(notebook: Notebook, values: ParameterValues, where: string): void {
  const declarations = parameterDeclarations(notebook);
  for (const [name, value] of Object.entries(values)) {
    const { type, line } = declarations[name];
    if (type === null || isOfType(value, type)) continue;
    const meant = likelyMeant(value, type);
    throw new ParameterError({
      where: `parameter ${name} of ${where}`,
      expected: describeType(type),
      found: show(value),
      advice: meant === undefined
        ? `The notebook has: ${line}`
        : `Write it like this: --set '${name}=${JSON.stringify(meant)}'`,
    });
  }
}

/**
 * Gives each of several notebooks those values that it has parameters for.
 *
 * @param notebooks by name
 * @returns the values of each notebook, by its name
 * @throws {ParameterError} if none of the notebooks has a parameter of some name, or a value is not of its type
 * @example
 * ```ts
 * import { distributeParameters } from "./parameters.ts";
 * import assert from "node:assert/strict";
 *
 * const cell = { cell_type: "code" as const, metadata: { tags: ["parameters"] } };
 * const notebook = (source: string) => ({
 *   cells: [{ ...cell, source }], metadata: {}, nbformat: 4, nbformat_minor: 5,
 * });
 * const notebooks = { one: notebook("let seed = 1;"), other: notebook("let seed = 1;\nlet epochs = 9;") };
 * assert.deepEqual(distributeParameters(notebooks, { epochs: 3 }), { one: {}, other: { epochs: 3 } });
 * ```
 */
export function distributeParameters(
  notebooks: Record<string, Notebook>,
  values: ParameterValues,
): Record<string, ParameterValues> {
  const given = Object.entries(values);
  const names = Object.entries(notebooks).map(([name, notebook]) =>
    [name, parameterNames(notebook)] as const
  );
  const known = new Set(names.flatMap(([, own]) => own));
  for (const [name] of given) {
    if (known.has(name)) continue;
    throw new ParameterError({
      where: `parameter ${name}`,
      expected: `a name that some notebook has: ${[...known].sort().join(", ")}`,
      found: name,
      advice: "The notebooks' cells tagged 'parameters' declare what can be set.",
    });
  }
  return Object.fromEntries(names.map(([name, own]) => {
    const distributed = Object.fromEntries(given.filter(([name]) => own.includes(name)));
    checkTypes(notebooks[name], distributed, name);
    return [name, distributed];
  }));
}

/**
 * Returns the notebook with a cell tagged `injected-parameters` after the one tagged `parameters`, as papermill
 * does it; an injected cell of an earlier run gives way.
 *
 * @param where the notebook's name, for messages
 * @throws {ParameterError} if the notebook does not have a parameter of that name, or a value is not of its type
 */
export function injectParameters(notebook: Notebook, values: ParameterValues, where: string): Notebook {
  const names = parameterNames(notebook);
  for (const name of Object.keys(values)) {
    if (!names.includes(name)) {
      throw new ParameterError({
        where: `parameter ${name} of ${where}`,
        expected: names.length > 0 ? `one of ${names.join(", ")}` : "no parameters",
        found: name,
        advice: "The notebook's cell tagged 'parameters' declares what can be set.",
      });
    }
  }
  checkTypes(notebook, values, where);
  const cells = notebook.cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  if (Object.keys(values).length === 0) return { ...notebook, cells };
  const lines = Object.entries(values).map(([name, value]) => `let ${name} = ${JSON.stringify(value)};`);
  cells.splice(cells.findIndex((cell) => hasTag(cell, "parameters")) + 1, 0, {
    id: "injected-parameters",
    cell_type: "code",
    metadata: { tags: ["injected-parameters"] },
    source: splitLines(lines.join("\n")),
    execution_count: null,
    outputs: [],
  });
  return { ...notebook, cells };
}
