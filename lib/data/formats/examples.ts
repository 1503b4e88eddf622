import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import pl from "nodejs-polars";

/** Six users who choose six items, each starting with another one: [user, item, moment], an hour apart. */
const events = Array.from({ length: 36 }, (_, i) => {
  const [user, step] = [Math.floor(i / 6), i % 6];
  return { user, item: (user + step) % 6, seconds: 1_400_000_000 + 3600 * i };
});
const words = ["Red Mug", "Blue Lamp", "Green Chair", "Black Drill", "White Glove", "Grey Rope"];

const lines = (rows: string[]) => rows.map((row) => `${row}\n`).join("");
const asin = (item: number) => `B00000000${item}`;
const reviewer = (user: number) => `A1234567890${user}`;
const iso = (seconds: number) => new Date(1000 * seconds).toISOString();
const json = (records: object[]) => lines(records.map((record) => JSON.stringify(record)));
const python = (records: Record<string, string>[]) =>
  lines(
    records.map((record) =>
      `{${Object.entries(record).map(([name, value]) => `u'${name}': ${value}`).join(", ")}}`
    ),
  );

/** Returns a Parquet file of a few columns. */
export async function parquetOf(columns: Record<string, unknown[]>): Promise<Uint8Array> {
  const path = await Deno.makeTempFile();
  try {
    pl.DataFrame(columns).writeParquet(path);
    return await Deno.readFile(path);
  } finally {
    await Deno.remove(path);
  }
}

type Files = Record<string, string | Uint8Array>;

/** A tiny data set of one format: six users, six items, 36 interactions. */
export interface Example {
  /** The format's row in the table of data/README.md. */
  row: string;
  /** The folder's name. */
  name: string;
  /** The text of the first item, null where the format has none. */
  text: string | null;
  files(): Files | Promise<Files>;
  columns?: Record<string, string | string[]>;
}

const ratingsOf = (line: (event: (typeof events)[number]) => string) => lines(events.map(line));
const movies = (separator: string) =>
  lines(words.map((title, item) => [item, title, "Drama|War"].join(separator)));
const flags = `${"0|".repeat(8)}1|${"0|".repeat(9)}1`;

/** One tiny data set of every format and version. */
export const examples: readonly Example[] = [
  {
    row: "RecBole, unsplit",
    name: "rb",
    text: "Red Mug. Toys, Small.",
    files: () => ({
      "rb.inter": lines([
        "user_id:token\titem_id:token\trating:float\ttimestamp:float",
        ...events.map(({ user, item, seconds }) => `u${user}\ti${item}\t4.0\t${seconds}`),
      ]),
      "rb.item": lines([
        "item_id:token\ttitle:token_seq\tcategories:token_seq\tprice:float",
        ...words.map((title, item) => `i${item}\t${title}\t'Toys', 'Small'\t3.5`),
      ]),
    }),
  },
  {
    row: "RecBole, split",
    name: "rbs",
    text: null,
    files: () => {
      const part = (fits: (step: number) => boolean) =>
        lines([
          "user_id:token\titem_id:token\ttimestamp:float",
          ...events.filter((_, i) => fits(i % 6)).map(({ user, item, seconds }) =>
            `u${user}\ti${item}\t${seconds}`
          ),
        ]);
      return {
        "rbs.train.inter": part((step) => step < 4),
        "rbs.valid.inter": part((step) => step === 4),
        "rbs.test.inter": part((step) => step === 5),
      };
    },
  },
  {
    row: "RecBole, split and augmented",
    name: "rba",
    text: null,
    files: () => {
      const part = (sessions: number[]) =>
        lines([
          "session_id:token\titem_id_list:token_seq\titem_id:token",
          ...sessions.flatMap((session) => {
            const items = events.filter(({ user }) => user === session).map(({ item }) => `i${item}`);
            return items.slice(1).map((item, i) =>
              `s${session}\t${items.slice(0, i + 1).join(" ")}\t${item}`
            );
          }),
        ]);
      return {
        "rba.train.inter": part([0, 1, 2]),
        "rba.valid.inter": part([3]),
        "rba.test.inter": part([4, 5]),
      };
    },
  },
  {
    row: "Amazon 2014",
    name: "Toys14",
    text: "Red Mug kid's. Toys Small. Acme.",
    files: () => ({
      "ratings_Toys.csv": ratingsOf(({ user, item, seconds }) =>
        `${reviewer(user)},${asin(item)},5.0,${seconds}`
      ),
      "meta_Toys.json.gz": new Uint8Array(gzipSync(python(words.map((title, item) => ({
        asin: `'${asin(item)}'`,
        title: `"${title} kid's"`,
        categories: "[['Toys', 'Small']]",
        brand: "'Acme'",
      }))))),
    }),
  },
  {
    row: "Amazon 2018",
    name: "Toys18",
    text: "Red & Mug. Toys Small. Acme.",
    files: () => ({
      "Toys.csv": ratingsOf(({ user, item, seconds }) => `${asin(item)},${reviewer(user)},5.0,${seconds}`),
      "meta_Toys.json": json(words.map((title, item) => ({
        asin: asin(item),
        title: title.replace(" ", " &amp; "),
        category: ["Toys", "Small"],
        brand: "Acme",
      }))),
    }),
  },
  {
    row: "Amazon 2023",
    name: "Toys23",
    text: "Red Mug. Toys Small. Acme.",
    files: () => {
      const part = (fits: (step: number) => boolean) =>
        lines([
          "user_id,parent_asin,rating,timestamp",
          ...events.filter((_, i) => fits(i % 6)).map(({ user, item, seconds }) =>
            `${reviewer(user)},${asin(item)},5.0,${seconds}000`
          ),
        ]);
      return {
        "Toys.train.csv": part((step) => step < 4),
        "Toys.valid.csv": part((step) => step === 4),
        "Toys.test.csv": part((step) => step === 5),
        "meta_Toys.jsonl": json(words.map((title, item) => ({
          parent_asin: asin(item),
          title,
          categories: ["Toys", "Small"],
          store: "Acme",
          description: ["long"],
        }))),
      };
    },
  },
  {
    row: "MovieLens 100k",
    name: "ml-100k",
    text: "Red Mug. Drama, Western.",
    files: () => ({
      "u.data": ratingsOf(({ user, item, seconds }) => [user, item, 4, seconds].join("\t")),
      "u.item": Buffer.from(
        lines(words.map((title, item) => `${item}|${title}|01-Jan-1995||http://imdb|${flags}`)).replace(
          "Lamp",
          "Café",
        ),
        "latin1",
      ),
    }),
  },
  {
    row: "MovieLens 1M",
    name: "ml-1m",
    text: "Red Mug. Drama, War.",
    files: () => ({
      "ratings.dat": ratingsOf(({ user, item, seconds }) => [user, item, 4, seconds].join("::")),
      "movies.dat": Buffer.from(movies("::").replace("Lamp", "Café"), "latin1"),
    }),
  },
  {
    row: "MovieLens 20M to 32M",
    name: "ml-32m",
    text: "Red, Mug. Drama, War.",
    files: () => ({
      "ratings.csv": "userId,movieId,rating,timestamp\n" +
        ratingsOf(({ user, item, seconds }) => `${user},${item},4.0,${seconds}`),
      "movies.csv": "movieId,title,genres\n" +
        lines(words.map((title, item) => `${item},"${title.replace(" ", ", ")}",Drama|War`)),
      "tags.csv": "userId,movieId,tag,timestamp\n0,0,dull,1400000000\n",
    }),
  },
  {
    row: "Yelp",
    name: "Yelp",
    text: "Red Mug. Cafes, Tea. Paris.",
    files: () => ({
      "yelp_academic_dataset_review.json": json(events.map(({ user, item, seconds }) => ({
        review_id: `r${user}-${item}`,
        user_id: `u${user}`,
        business_id: `b${item}`,
        date: iso(seconds).slice(0, 19).replace("T", " "),
      }))),
      "yelp_academic_dataset_business.json": json(words.map((name, item) => ({
        business_id: `b${item}`,
        name,
        city: "Paris",
        categories: "Cafes, Tea",
      }))),
    }),
  },
  {
    row: "Steam",
    name: "Steam",
    text: "Red Mug. Action, Indie. Valve.",
    files: () => ({
      "steam_reviews.json.gz": new Uint8Array(gzipSync(python(events.map(({ user, item, seconds }) => ({
        username: `u'player ${user}'`,
        product_id: `u'${item}'`,
        date: `u'${iso(24 * (seconds - 1_400_000_000) + 1_400_000_000).slice(0, 10)}'`,
        early_access: "False",
      }))))),
      "steam_games.json.gz": new Uint8Array(gzipSync(python(words.map((title, item) => ({
        app_name: `u'${title}'`,
        genres: "[u'Action', u'Indie']",
        developer: "u'Valve'",
        id: `u'${item}'`,
      }))))),
    }),
  },
  {
    row: "Gowalla, Brightkite",
    name: "Gowalla",
    text: null,
    files: () => ({
      "loc-gowalla_totalCheckins.txt.gz": new Uint8Array(
        gzipSync(
          ratingsOf(({ user, item, seconds }) =>
            [user, iso(seconds).replace(".000", ""), 30.23, -97.79, 22_840 + item].join("\t")
          ),
        ),
      ),
    }),
  },
  {
    row: "Foursquare",
    name: "NYC",
    text: "Bar 0",
    files: () => ({
      "dataset_TSMC2014_NYC.txt": ratingsOf(({ user, item, seconds }) => {
        const [, day, month, year, time] = new Date(1000 * seconds).toUTCString().split(" ");
        const date = `Tue ${month} ${day} ${time} +0000 ${year}`;
        return [user, `v${item}`, "4bf5", `Bar ${item}`, 40.7, -74.0, -240, date].join("\t");
      }),
    }),
  },
  {
    row: "Online Retail",
    name: "Retail",
    text: "red mug.",
    files: () => ({
      "data.csv": lines([
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        ...events.map(({ user, item, seconds }) =>
          `5${user},S${item},${words[item].toUpperCase()},1,${
            iso(seconds).slice(0, 19).replace("T", " ")
          },2.5,7,France`
        ),
      ]),
    }),
  },
  {
    row: "Your own catalogue",
    name: "MyShop",
    text: "Red Mug",
    files: () => ({
      "interactions.csv": "user,item,time\n" +
        ratingsOf(({ user, item, seconds }) => `${user},${item},${iso(seconds)}`),
      "items.csv": "item,text\n" + lines(words.map((text, item) => `${item},${text}`)),
    }),
  },
  {
    row: "Any table",
    name: "Log",
    text: "Red Mug",
    columns: { user: "who", item: "what", time: "when", text: "label" },
    files: () => ({
      "events.tsv": "when\twho\twhat\n" +
        ratingsOf(({ user, item, seconds }) => [seconds, user, item].join("\t")),
      "things.csv": "what;label\n" + lines(words.map((text, item) => `${item};${text}`)),
    }),
  },
  {
    row: "Parquet",
    name: "Lake",
    text: "Red Mug. Toys Small.",
    files: async () => ({
      "log.parquet": await parquetOf({
        user_id: events.map(({ user }) => user),
        item_id: events.map(({ item }) => item),
        timestamp: events.map(({ seconds }) => new Date(1000 * seconds)),
      }),
      "items.parquet": await parquetOf({
        item_id: words.map((_, item) => item),
        title: words,
        categories: words.map(() => ["Toys", "Small"]),
      }),
    }),
  },
];
