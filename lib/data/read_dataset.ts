import { join } from "node:path";
import { DataError } from "../errors.ts";
import { catalogueFileNames, readCatalogueDomain } from "./catalogue/read_catalogue.ts";
import type { Domain } from "./domain.ts";
import { cached } from "./processed_cache.ts";
import { readAmazon } from "./read_amazon.ts";
import { onlineRetailFile, readOnlineRetail } from "./read_online_retail.ts";
import { readProcessedDomain } from "./read_processed.ts";

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
  const files: string[] = [];
  for await (const entry of Deno.readDir(folder)) files.push(entry.name);

  if (files.some((file) => file.startsWith(`${name}.`) && file.endsWith(".inter"))) {
    return readProcessedDomain(folder, name);
  }
  if (files.includes(onlineRetailFile)) {
    const companions = [`${name}.item2index`, `${name}.feat1CLS`].filter((file) => files.includes(file));
    const inputs = [onlineRetailFile, ...companions].map((file) => join(folder, file));
    return cached(cacheRoot, name, inputs, (say) => readOnlineRetail(folder, name, say));
  }
  const own = Object.values(catalogueFileNames);
  if (own.every((file) => files.includes(file))) {
    const inputs = own.map((file) => join(folder, file));
    return cached(cacheRoot, name, inputs, (say) => readCatalogueDomain(folder, name, say));
  }
  const metadata = files.filter((file) => /^meta_.*\.json(\.gz)?$/.test(file));
  const ratings = files.filter((file) => /\.csv(\.gz)?$/.test(file));
  if (metadata.length === 1 && ratings.length === 1) {
    const paths = { ratings: join(folder, ratings[0]), metadata: join(folder, metadata[0]) };
    return cached(cacheRoot, name, Object.values(paths), (say) => readAmazon(paths, name, say));
  }
  throw new DataError({
    where: folder,
    expected:
      `${name}.train.inter and its companions, Online Retail's ${onlineRetailFile}, one ratings .csv and one ` +
      `meta_*.json of Amazon, or ${own.join(" and ")} of your own`,
    found: files.length === 0 ? "an empty folder" : files.sort().join(", "),
    advice: "data/README.md says what belongs there.",
  });
}
