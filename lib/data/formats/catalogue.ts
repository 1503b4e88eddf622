import { join } from "node:path";
import { catalogueFileNames, readCatalogueDomain, readCatalogueFiles } from "../catalogue/read_catalogue.ts";
import type { Format } from "./format.ts";

/** One's own shop: `interactions.csv` and `items.csv`. */
export const catalogue: Format = {
  name: "one's own catalogue",
  files: `${Object.values(catalogueFileNames).join(" and ")} of your own`,
  find({ path, name, files, columns }) {
    const own = Object.values(catalogueFileNames);
    if (!own.every((file) => files.includes(file))) return Promise.resolve(null);
    const [interactions, items] = own.map((file) => join(path, file));
    const read = () => readCatalogueFiles({ interactions, items }, columns);
    return Promise.resolve({
      inputs: [interactions, items],
      readRaw: read,
      readDomain: async (say: (line: string) => void) => await readCatalogueDomain(await read(), name, say),
    });
  },
};
