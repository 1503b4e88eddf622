import { join } from "node:path";
import { paperDatasets } from "../../figures/paper.ts";

/**
 * Names the files in a folder of figures that everybody may see: those across all data sets, everything of the sample, and of
 * the paper's data sets what git keeps.
 *
 * Outputs of other data hold users' identifiers and texts.
 *
 * @returns paths in the folder
 */
export async function publicFigures(root: string): Promise<string[]> {
  const published = await paperDatasets();
  const paths: string[] = [];
  for await (const { name, isFile } of Deno.readDir(root)) {
    if (isFile) paths.push(name);
    else if (name === "sample") paths.push(...await filesBelow(root, name));
    else if (published.includes(name)) {
      for await (const file of Deno.readDir(join(root, name))) {
        if (file.isFile && !privateFile.test(file.name)) paths.push(`${name}/${file.name}`);
      }
    }
  }
  return paths.sort();
}

/** As in .gitignore. */
const privateFile = /^(recommendations\.csv|table-own-data-.*|.*\.tmp)$/;

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
    const path = `${folder}/${name}`;
    if (isDirectory) paths.push(...await filesBelow(root, path));
    else paths.push(path);
  }
  return paths;
}
