import { readProcessedDomain } from "../processed/read_processed.ts";
import { interHeader } from "../processed/read_inter.ts";
import type { Format } from "./format.ts";

/** What UniSRec's authors made of raw data: indices, a line for each prefix of a sequence, split. */
export const processed: Format = {
  name: "UniSRec's processed files",
  files: "X.train.inter, X.valid.inter and X.test.inter with their companions, of UniSRec or RecBole",
  async find({ path, name, files, peek }) {
    const parts = ["train", "valid", "test"].map((part) => `${name}.${part}.inter`);
    const found = parts.filter((file) => files.includes(file));
    if (found.length === 0) return null;
    // RecBole's own files have other columns, or tokens that are no indices
    for (const file of found) {
      const { lines: [header = interHeader, first] } = await peek(file);
      const isRecBole = header.startsWith("session_id:") || !/:token_seq/.test(header) ||
        (header === interHeader && first !== undefined && /^[^\t]*[^\d\t][^\t]*\t/.test(first)) ||
        (header === interHeader && /\t.*[^\d\s]/.test(first ?? ""));
      if (isRecBole && /user_id:|session_id:/.test(header)) return null;
    }
    return { inputs: [], readDomain: (say, width) => readProcessedDomain(path, name, say, width) };
  },
};
