import { countOf } from "../../count_of.ts";
import { sizeOf } from "../../engine/array_spec.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import type { ParameterSpecs } from "../../nn/parameters.ts";

/** A part of a model, with the parameters that it has. */
export interface ArchitectureBlock {
  /** What the names of its parameters begin with. */
  prefix: string;
  title: string;
  /** Its tensors by layer, for example `query, key, value, output: 300 × 300 + 300`. */
  tensors: string[];
  /** How many numbers they hold. */
  parameters: number;
  frozen: "all" | "some" | "none";
}

/** The parts that models share, by the pattern of their parameters' names; `$1` is a number counted from 0. */
const knownParts: { pattern: RegExp; title: (model: SequenceModel, number: number) => string }[] = [
  { pattern: /^items\./, title: () => "Item ID embedding" },
  { pattern: /^adaptor\./, title: ({ config }) => `Adaptor${counted(config.experts, "expert")}` },
  { pattern: /^positions\./, title: () => "Position embedding" },
  { pattern: /^input\./, title: () => "Input layer norm" },
  {
    pattern: /^encoder\.layers\.(\d+)\.attention\./,
    title: ({ config }, layer) => `Layer ${layer + 1}: self-attention${counted(config.heads, "head")}`,
  },
  {
    pattern: /^encoder\.layers\.(\d+)\.feedForward\./,
    title: (_, layer) => `Layer ${layer + 1}: feed-forward`,
  },
];

/**
 * Groups all parameters of a model into the blocks of its architecture, in the order in which the model lists them.
 *
 * Parameters that belong to no known part make a block of their own, under the first part of their name.
 *
 * @param frozen prefixes of the names of parameters that stay as they are in fine-tuning
 */
export function architectureBlocks(
  model: SequenceModel,
  frozen: readonly string[] = [],
): ArchitectureBlock[] {
  const names = Map.groupBy(Object.keys(model.parameters), prefixOf);
  return [...names].map(([prefix, own]) => {
    const kept = own.filter((name) => frozen.some((start) => name.startsWith(start))).length;
    return {
      prefix,
      title: titleOf(model, prefix),
      tensors: describeTensors(model.parameters, prefix, own),
      parameters: own.reduce((sum, name) => sum + sizeOf(model.parameters[name].shape), 0),
      frozen: kept === own.length ? "all" : kept > 0 ? "some" : "none",
    };
  });
}

function prefixOf(name: string): string {
  for (const { pattern } of knownParts) {
    const match = name.match(pattern);
    if (match) return match[0];
  }
  return name.slice(0, name.indexOf(".") + 1) || name;
}

function titleOf(model: SequenceModel, prefix: string): string {
  for (const { pattern, title } of knownParts) {
    const match = prefix.match(pattern);
    if (match) return title(model, Number(match[1]));
  }
  return prefix.replace(/\.$/, "");
}

function counted(count: unknown, noun: string): string {
  return typeof count === "number" ? `, ${countOf(count, noun)}` : "";
}

/** Describes tensors by the layer that they belong to; layers of the same shapes share a line. */
function describeTensors(specs: ParameterSpecs, prefix: string, names: string[]): string[] {
  const layers = Map.groupBy(names, (name) => {
    const inner = name.slice(prefix.length);
    return inner.includes(".") ? inner.slice(0, inner.lastIndexOf(".")) : "";
  });
  const shapes = [...layers].map(([layer, own]) => ({
    layer,
    shape: own.map((name) => specs[name].shape.map(String).join(" × ") || "1").join(" + "),
  }));
  return [...Map.groupBy(shapes, ({ shape }) => shape)].map(([shape, alike]) =>
    [alike.map(({ layer }) => layer).filter((layer) => layer).join(", "), shape].filter((part) => part).join(
      ": ",
    )
  );
}
