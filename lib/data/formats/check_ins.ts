import { join } from "node:path";
import { readItems } from "../reading/read_items.ts";
import { layoutOf, readLog } from "../reading/read_log.ts";
import type { Format } from "./format.ts";

const number = String.raw`-?\d+(\.\d+)?(e-?\d+)?`;
const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;
/** Gowalla and Brightkite (SNAP): user, time, latitude, longitude, place. */
const gowalla = new RegExp(`^[^\\t]+\\t${time}\\t${number}\\t${number}\\t[^\\t]+$`);
/** Foursquare (Yang et al., 2014): user, place, kind of place and its name, latitude, longitude, zone, time. */
const foursquare =
  /^[^\t]+\t[^\t]+\t[^\t]+\t[^\t]+\t[-\d.]+\t[-\d.]+\t-?\d+\t[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d /;

const gowallaPlaces = { user: [0], item: [4], time: [1], text: [] };
const foursquarePlaces = { user: [0], item: [1], time: [7], text: [3] };

/** Check-ins at places; those of Foursquare have the kind of place as text, the others none. */
export const checkIns: Format = {
  name: "check-ins",
  files: "check-ins of Gowalla, Brightkite or Foursquare",
  async find({ path, files, peek }) {
    for (const file of files.filter((name) => /\.(txt|tsv)(\.gz)?$/.test(name))) {
      const [line = ""] = (await peek(file)).lines;
      const isFoursquare = foursquare.test(line);
      if (!isFoursquare && !gowalla.test(line)) continue;
      const input = join(path, file);
      return {
        inputs: [input],
        readRaw: async () => {
          const layout = { ...await layoutOf(input), header: null, quoted: false };
          const places = isFoursquare ? foursquarePlaces : gowallaPlaces;
          return {
            ...await readLog(input, { layout, places }),
            readTexts: isFoursquare
              ? async () => ({ ...await readItems(input, { layout, places }), report: null })
              : null,
          };
        },
      };
    }
    return null;
  },
};
