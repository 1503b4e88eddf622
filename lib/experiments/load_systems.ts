import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { show } from "../checks.ts";
import { ParameterError } from "../errors.ts";
import { isRecord } from "../json.ts";
import { findSystem, systems } from "../systems/registry.ts";
import type { System } from "../systems/system.ts";

/** The modules that systems of one's own came from. */
const files = new WeakMap<System, string>();

/** Returns the path of the module that a system was loaded from; undefined for one that was not. */
export function fileOfSystem(system: System): string | undefined {
  return files.get(system);
}

/**
 * Loads systems of one's own, each the default export of a module.
 *
 * @param paths of the modules; relative ones count from the folder of the program, a notebook's own
 * @throws {ParameterError} if a file is not to be loaded, exports no system, or one of a name that another has
 */
export async function loadSystems(paths: readonly string[]): Promise<System[]> {
  const loaded: System[] = [];
  for (const file of paths) {
    const path = resolve(file);
    const refused = (expected: string, found: string, advice: string, cause?: unknown) =>
      new ParameterError({ where: `systemFiles, ${path}`, expected, found, advice }, { cause });
    const module = await import(pathToFileURL(path).href).catch((error) => {
      throw refused(
        "a module that can be loaded",
        (error as Error).message.split("\n")[0],
        "A relative path counts from the notebooks' folder.",
        error,
      );
    });
    const system = module.default;
    if (!isSystem(system)) {
      throw refused(
        "a system as the default export",
        system === undefined ? "no default export" : show(system),
        "For example `export default neuralSystem({ … })`.",
      );
    }
    if ([...systems, ...loaded].some(({ name }) => name === system.name)) {
      throw refused("a name of its own", JSON.stringify(system.name), "Another system has it already.");
    }
    files.set(system, path);
    loaded.push(system);
  }
  return loaded;
}

/**
 * Returns systems by their names, in the order in which they are known.
 *
 * @param names null for all
 * @throws {ParameterError} if there is none of a name
 */
export function chooseSystems(known: readonly System[], names: readonly string[] | null): readonly System[] {
  if (names === null) return known;
  for (const name of names) findSystem(name, "systemNames", known);
  return known.filter(({ name }) => names.includes(name));
}

function isSystem(value: unknown): value is System {
  return isRecord(value) && typeof value.name === "string" && typeof value.plan === "function" &&
    isRecord(value.abilities) && isRecord(value.reads) && Array.isArray(value.varies);
}
