import { createGenerator, integer, uniform } from "../lib/random.ts";

const genres = ["Comedy", "Drama", "Horror", "Western", "Romance", "Crime"];
const start = Date.parse("2019-01-01") / 1000;
const dayLength = 86_400;

/**
 * Makes ratings and movies as MovieLens has them, over two years in which movies come and are forgotten again: users
 * take what came in the last months, mostly of one kind after the other.
 *
 * @returns the files by their names
 */
export function trendingLog({ users = 600, movies = 300, seed = 3 } = {}): Record<string, string> {
  const generator = createGenerator(seed);
  const days = 730, fresh = 240;
  const released = Array.from({ length: movies }, (_, movie) => (days + fresh) * movie / movies - fresh);
  const rows: { time: number; line: string }[] = [];
  for (let user = 0; user < users; user++) {
    let day = uniform(generator) * (days - 60);
    let genre = integer(generator, genres.length);
    const taken = new Set<number>();
    for (let step = 0; step < 20 && day < days; step++) {
      const onShow = released.flatMap((at, movie) =>
        at <= day && at > day - fresh && !taken.has(movie) ? [movie] : []
      );
      const ofKind = onShow.filter((movie) => movie % genres.length === genre);
      const choice = ofKind.length > 0 && uniform(generator) < 0.8 ? ofKind : onShow;
      if (choice.length === 0) break;
      const movie = choice[integer(generator, choice.length)];
      taken.add(movie);
      genre = (movie % genres.length + (uniform(generator) < 0.7 ? 1 : 0)) % genres.length;
      const time = start + Math.floor(day * dayLength);
      rows.push({ time, line: `${user + 1},${movie + 1},4.0,${time}` });
      day += uniform(generator) * 8;
    }
  }
  rows.sort((a, b) => a.line < b.line ? -1 : 1); // by user, as MovieLens' are
  const titles = released.map((_, movie) =>
    `${movie + 1},Movie ${movie + 1} (2019),${genres[movie % genres.length]}`
  );
  return {
    "ratings.csv": ["userId,movieId,rating,timestamp", ...rows.map(({ line }) => line), ""].join("\n"),
    "movies.csv": ["movieId,title,genres", ...titles, ""].join("\n"),
  };
}
