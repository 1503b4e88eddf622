import { paperModels, paperResults } from "./paper.ts";

/** Returns the names, as ours, of the systems in the paper's Table 3. */
export async function paperSystems(): Promise<Set<string>> {
  const ours = new Map(Object.entries(paperModels).map(([name, theirs]) => [theirs, name]));
  const [theirs] = Object.values(await paperResults("Scientific") ?? {});
  return new Set(Object.keys(theirs).map((name) => ours.get(name) ?? name));
}
