/** Names the files of a folder, none if it does not exist. */
export async function filesIn(folder: string): Promise<Set<string>> {
  try {
    return new Set((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort());
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Set();
    throw error;
  }
}

/** Tells whether a folder has tables or figures, or the record of a run: an overview belongs there then. */
export async function hasOutputs(folder: string): Promise<boolean> {
  return [...await filesIn(folder)].some((name) =>
    name === "outputs.json" || /^(table|figure)-.*\.(md|svg)$/.test(name)
  );
}
