import { DataError, ParameterError } from "../../errors.ts";
import { describeSeparator, type Layout } from "./sniff.ts";
import { isTime } from "./times.ts";

/** What a column of a table of interactions or items can be. */
export type Role = "user" | "item" | "time" | "text";

/** A column: its name in the first line, or its place, counted from 1. */
export type ColumnName = string | number;

/** Which columns of one's own tables are what; what is left out is found by its name. */
export interface ColumnMapping {
  /** Who chose. */
  user?: ColumnName;
  /** What was chosen. */
  item?: ColumnName;
  /** When. */
  time?: ColumnName;
  /** The columns whose words describe an item, joined in this order. */
  text?: ColumnName | ColumnName[];
  /** The file with the interactions, where the folder holds several. */
  interactions?: string;
  /** The file with the items, where the folder holds several. */
  items?: string;
}

/** Names under which the columns are known, without capitals and signs; the first of a role is our own. */
const knownNames: Record<Role, string[]> = {
  user: [
    "user userid uid username customer customerid reviewerid session sessionid visitor visitorid",
    "member memberid account accountid client clientid buyer buyerid",
  ].join(" ").split(" "),
  item: [
    "item itemid iid product productid sku asin parentasin movie movieid film filmid book bookid isbn business",
    "businessid track trackid song songid article articleid venue venueid poi poiid location locationid gmapid",
    "app appid recipe recipeid stockcode",
  ].join(" ").split(" "),
  time: [
    "time timestamp ts date datetime createdat eventtime unixreviewtime unixtime checkintime utctime tdat",
    "purchasedate reviewtime timems orderdate",
  ].join(" ").split(" "),
  text: [
    "text title name productname itemname movietitle description categories category genres genre class",
    "brand store author authors tags maincategory",
  ].join(" ").split(" "),
};

/** What each role holds, for messages. */
const meanings: Record<Role, string> = {
  user: "the identifier of who chose",
  item: "the identifier of what was chosen",
  time: "when it was",
  text: "the words that describe the item, such as title, category and brand",
};

/** Returns a column's name as it is compared: `User-ID`, `userId` and RecBole's `user_id:token` are `userid`. */
export function plainName(name: string): string {
  return name.replace(/:(token|float)(_seq)?$/, "").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** All names that make a first line a header, as `sniffLayout` compares them. */
export const headerNames: ReadonlySet<string> = new Set(
  Object.values(knownNames).flat().flatMap((name) => [name, name.replace(/id$/, "_id")]),
);

/** Where the columns are: none for a role that is not there. */
export type Places = Record<Role, number[]>;

/**
 * Finds columns by the mapping, by their names, or, where the first line is a row, by what they hold: the first is
 * then the user and the second the item (the other way round in Amazon's ratings of 2018), and the last that holds
 * times the time; in a table of items the first is the item, and all that hold words are its text.
 *
 * @param wanted the roles that must be there
 * @throws {DataError} if a column is missing, there twice, or not to be told
 */
export function findColumns(
  path: string,
  layout: Layout,
  wanted: readonly Role[],
  mapping: ColumnMapping = {},
): Places {
  const places: Places = { user: [], item: [], time: [], text: [] };
  for (const role of ["user", "item", "time", "text"] as const) {
    // a name may be that of a column in the other table
    const given = [mapping[role] ?? []].flat().filter((name) => isIn(layout, name));
    if (given.length > 0) places[role] = given.map((name) => placeOf(name, layout));
    else {places[role] = layout.header
        ? placesByName(path, layout, role)
        : placesByContent(layout, role, wanted);}
  }
  const missing = wanted.filter((role) => places[role].length === 0);
  if (missing.length > 0) throw missingColumns(path, layout, wanted, missing);
  return places;
}

function isIn({ header, width }: Layout, name: ColumnName): boolean {
  return typeof name === "number"
    ? Number.isInteger(name) && name >= 1 && name <= width
    : header?.includes(name) ?? false;
}

function placeOf(name: ColumnName, { header }: Layout): number {
  return typeof name === "number" ? name - 1 : header!.indexOf(name);
}

/**
 * Checks that every column that a mapping names is in one of the tables.
 *
 * @throws {ParameterError} that lists the columns there are
 */
export function checkMapping(mapping: ColumnMapping = {}, layouts: readonly Layout[]): void {
  for (const role of ["user", "item", "time", "text"] as const) {
    for (const name of [mapping[role] ?? []].flat()) {
      if (layouts.some((layout) => isIn(layout, name))) continue;
      const names = layouts.map(({ header, width }) =>
        header?.join(", ") ?? `1 to ${width}, as there is no header`
      );
      throw new ParameterError({
        where: `columns, ${role}`,
        expected: `one of ${names.join("; ")}`,
        found: JSON.stringify(name),
        advice: "Name a column of the file as its first line has it, or by its number, counted from 1.",
      });
    }
  }
}

function placesByName(path: string, { header }: Layout, role: Role): number[] {
  const names = header!.map(plainName);
  const found = knownNames[role].flatMap((known) =>
    names.flatMap((name, place) => name === known ? [place] : [])
  );
  if (role === "text") return found.sort((a, b) => a - b);
  const own = found.filter((place) => names[place] === role);
  const places = own.length > 0 ? own : found;
  if (places.length <= 1) return places;
  throw new DataError({
    where: `${path}:1`,
    expected: `one column ${role}`,
    found: places.map((place) => header![place]).join(", "),
    advice:
      `Rename the column that is not meant or take it out, or say which it is: --set 'columns={"${role}":${
        JSON.stringify(header![places[0]])
      }}'`,
  });
}

function placesByContent({ sample, width }: Layout, role: Role, wanted: readonly Role[]): number[] {
  const isLog = wanted.includes("user");
  const column = (place: number) =>
    sample.map((cells) => (cells[place] ?? "").trim()).filter((cell) => cell !== "");
  const all = Array.from({ length: width }, (_, place) => place);
  const isAmazon = column(0).every((cell) => /^[A-Z\d]{10}$/.test(cell)) &&
    column(1).every((cell) => /^A[A-Z\d]{10,}$/.test(cell));
  switch (role) {
    case "user":
      return isLog ? [isAmazon ? 1 : 0] : [];
    case "item":
      return [isLog && !isAmazon ? 1 : 0];
    case "time":
      return isLog
        ? all.slice(2).filter((place) => column(place).length > 0 && column(place).every(isTime)).slice(-1)
        : [];
    case "text":
      return isLog ? [] : all.slice(1).filter((place) => column(place).some(isWords));
  }
}

/** Tells words from numbers, dates and addresses. */
function isWords(cell: string): boolean {
  return /\p{L}{2}/u.test(cell) && !/^https?:/.test(cell) && !/^\d+-[A-Z][a-z]{2}-\d{4}$/.test(cell);
}

/** Says in a sentence how a table was read, where it does not say so itself; nothing for our own names and commas. */
export function describeLayout({ separator, header, width }: Layout, places: Places): string {
  const said: string[] = [];
  if (separator !== ",") said.push(`values separated by ${describeSeparator(separator)}`);
  const roles = (["user", "item", "time", "text"] as const).filter((role) => places[role].length > 0);
  const name = (place: number) => header?.[place] ?? `column ${place + 1}`;
  const others = roles.filter((role) => places[role].some((place) => plainName(name(place)) !== role));
  if (header === null) said.push(`no header among ${width} columns`);
  if (header === null || others.length > 0) {
    said.push(others.map((role) => `${places[role].map(name).join(", ")} as ${role}`).join("; "));
  }
  return said.length === 0 ? "" : ` Read as: ${said.join("; ")}.`;
}

function missingColumns(
  path: string,
  { header, separator, width }: Layout,
  wanted: readonly Role[],
  missing: readonly Role[],
): DataError {
  const explained = wanted.map((role) => `${role} is ${meanings[role]}`).join(", ");
  const example = missing.map((role) => `"${role}":${header ? `"…"` : 1}`).join(",");
  return new DataError({
    where: `${path}:1`,
    expected: `the columns ${wanted.join(", ")}`,
    found: header
      ? header.map((name) => JSON.stringify(name)).join(", ")
      : `no header, and ${width} columns separated by ${describeSeparator(separator)}, none of which is the ${
        missing.join(", ")
      }`,
    advice:
      `Rename your columns in the file's first line: ${explained}. Other columns may stay. Or say which ` +
      `they are: --set 'columns={${example}}'`,
  });
}
