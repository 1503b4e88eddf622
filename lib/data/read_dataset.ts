import { join } from "node:path";
import { catalogueFileNames, readCatalogueDomain } from "./catalogue/read_catalogue.ts";
import { datasetKind } from "./dataset_kind.ts";
import type { Domain } from "./domain.ts";
import { cached } from "./processed/processed_cache.ts";
import { readAmazon } from "./amazon/read_amazon.ts";
import { onlineRetailFile, readOnlineRetail } from "./formats/online_retail.ts";
import { readProcessedDomain } from "./processed/read_processed.ts";

/**
 * Reads the data set in a folder, whatever known kind its files are of.
 *
 * Processed: `<name>.train.inter` and its companions. Online Retail: `data.csv`, perhaps with `<name>.item2index` and
 * `<name>.feat1CLS`. Amazon 2018: one `meta_*.json` or `.json.gz` and one `.csv` or `.csv.gz` of ratings. One's own
 * catalogue: `interactions.csv` and `items.csv`.
 *
 * @param cacheRoot where what is made of raw files is kept
 * @throws {DataError} if the folder holds none of these, or a file is not what it should be
 */
export async function readDataset(folder: string, name: string, cacheRoot: string): Promise<Domain> {
  const found = await datasetKind(folder, name);
  const inFolder = (files: string[]) => files.map((file) => join(folder, file));
  switch (found.kind) {
    case "processed":
      return readProcessedDomain(folder, name);
    case "Online Retail": {
      const inputs = inFolder([onlineRetailFile, ...found.companions]);
      return cached(cacheRoot, name, inputs, (say) => readOnlineRetail(folder, name, say));
    }
    case "catalogue": {
      const inputs = inFolder(Object.values(catalogueFileNames));
      return cached(cacheRoot, name, inputs, (say) => readCatalogueDomain(folder, name, say));
    }
    case "Amazon": {
      const [ratings, metadata] = inFolder([found.ratings, found.metadata]);
      return cached(
        cacheRoot,
        name,
        [ratings, metadata],
        (say) => readAmazon({ ratings, metadata }, name, say),
      );
    }
  }
}
