import { join } from "node:path";
import { readItems } from "../reading/read_items.ts";
import { layoutOf, readLog } from "../reading/read_log.ts";
import type { Folder, Format } from "./format.ts";

/** Files of ratings and of movies, from MovieLens 100k to 32M; they have the same places in all lines. */
const versions = [
  { ratings: "u.data", movies: "u.item" },
  { ratings: "ratings.dat", movies: "movies.dat" },
  { ratings: "ratings.csv", movies: "movies.csv" },
];

const ratingPlaces = { user: [0], item: [1], time: [3], text: [] };

/** Genres of 100k, whose movies have a 0 or a 1 for each, from the sixth place on. */
const genres = [
  "unknown Action Adventure Animation Children's Comedy Crime Documentary Drama Fantasy",
  "Film-Noir Horror Musical Mystery Romance Sci-Fi Thriller War Western",
].join(" ").split(" ");
const firstGenre = 5;

/** MovieLens: a rating counts as an interaction, and a movie's text is its title and genres. */
export const movieLens: Format = {
  name: "MovieLens",
  files: "MovieLens' u.data and u.item, ratings.dat and movies.dat, or ratings.csv and movies.csv",
  async find(folder) {
    for (const { ratings, movies } of versions) {
      if (!folder.files.includes(ratings)) continue;
      if (ratings === "ratings.csv" && !await hasMovies(folder)) continue;
      const log = join(folder.path, ratings);
      const items = folder.files.includes(movies) ? join(folder.path, movies) : null;
      return {
        inputs: items === null ? [log] : [log, items],
        readRaw: async () => ({
          ...await readLog(log, { places: ratingPlaces }),
          readTexts: items === null ? null : () => readMovies(items),
        }),
      };
    }
    return null;
  },
};

async function hasMovies({ peek }: Folder): Promise<boolean> {
  const [header = ""] = (await peek("ratings.csv")).lines;
  return /^"?userId"?,"?movieId"?,/.test(header);
}

async function readMovies(path: string) {
  const layout = await layoutOf(path);
  const flags = layout.separator === "|" ? Array.from(genres, (_, i) => firstGenre + i) : [];
  const text = flags.length > 0 && layout.width >= firstGenre + genres.length ? [1, ...flags] : [1, 2];
  return await readItems(path, {
    layout,
    places: { user: [], item: [0], time: [], text },
    join: ([title, ...rest]) => {
      const kinds = flags.length > 0 && text.length > 2
        ? genres.filter((_, i) => rest[i] === "1")
        : (rest[0] ?? "").split("|").filter((kind) => kind !== "" && kind !== "(no genres listed)");
      return title === "" ? "" : [`${title}.`, ...kinds.length > 0 ? [`${kinds.join(", ")}.`] : []].join(" ");
    },
  });
}
