import { DataError } from "../errors.ts";
import { catalogueFileNames } from "./catalogue/read_catalogue.ts";
import { onlineRetailFile } from "./formats/online_retail.ts";

/** What a data set's files are, by which they are read. */
export type DatasetKind =
  | { kind: "processed" | "catalogue" }
  | { kind: "Online Retail"; companions: string[] }
  | { kind: "Amazon"; ratings: string; metadata: string };

/**
 * Tells of what kind the files in a folder are, by their names.
 *
 * @param name the data set's name
 * @throws {DataError} if they are of none
 */
export async function datasetKind(folder: string, name: string): Promise<DatasetKind> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(folder)) files.push(entry.name);

  if (files.some((file) => file.startsWith(`${name}.`) && file.endsWith(".inter"))) {
    return { kind: "processed" };
  }
  if (files.includes(onlineRetailFile)) {
    const companions = [`${name}.item2index`, `${name}.feat1CLS`].filter((file) => files.includes(file));
    return { kind: "Online Retail", companions };
  }
  const own = Object.values(catalogueFileNames);
  if (own.every((file) => files.includes(file))) return { kind: "catalogue" };
  const metadata = files.filter((file) => /^meta_.*\.json(\.gz)?$/.test(file));
  const ratings = files.filter((file) => /\.csv(\.gz)?$/.test(file));
  if (metadata.length === 1 && ratings.length === 1) {
    return { kind: "Amazon", ratings: ratings[0], metadata: metadata[0] };
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
