import { CsvError, parse } from "csv-parse/sync";
import { DataError } from "../../errors.ts";
import { type DecodedText, decodeText } from "./decode_text.ts";
import { readBytes } from "../files.ts";

/** Some columns of a CSV file, as text. */
export interface CsvTable<Name extends string> {
  path: string;
  encoding: DecodedText["encoding"];
  /** Each column's cells: NFC, one space for any white space inside, none around; empty where there is nothing. */
  columns: Record<Name, string[]>;
  /** The line on which each row begins, from 1. `[rows]` */
  lines: number[];
}

/**
 * Reads columns of a CSV file (RFC 4180) by their names in its first line; further columns are passed over.
 *
 * Case does not matter in the names. Line ends may be of any kind, and empty lines are no rows. The file may be UTF-8,
 * UTF-16 or Windows-1252.
 *
 * @param meanings the columns that are needed, and what each holds, for the message if one is missing
 * @throws {DataError} if there is no such file, a column is missing or there twice, a row has more or fewer values than
 *   the first line, or quotes are not where they belong
 */
export async function readCsvTable<Name extends string>(
  path: string,
  meanings: Record<Name, string>,
): Promise<CsvTable<Name>> {
  const { text, encoding } = decodeText(await readBytes(path));
  const names = Object.keys(meanings) as Name[];
  const columns = Object.fromEntries(names.map((name) => [name, [] as string[]])) as Record<Name, string[]>;
  const lines: number[] = [];
  let places: number[] | null = null;
  let read = 0;
  try {
    parse(text.replace(/\r\n?/g, "\n"), {
      skip_empty_lines: true,
      trim: true,
      on_record(row: string[], { lines: lastLine }) {
        read = lastLine;
        if (places === null) places = findColumns(path, row, meanings);
        else {
          names.forEach((name, i) => columns[name].push(clean(row[places![i]])));
          lines.push(lastLine - lineBreaks(row));
        }
        return null; // the parser need not keep the row
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? malformed(path, read, error) : error;
  }
  if (places === null) throw missingColumns(path, [], meanings);
  return { path, encoding, columns, lines };
}

function clean(cell: string): string {
  return cell.normalize("NFC").replace(/\s+/g, " ").trim();
}

function lineBreaks(row: string[]): number {
  return row.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
}

function findColumns(path: string, header: string[], meanings: Record<string, string>): number[] {
  const found = header.map((name) => clean(name).toLowerCase());
  const places = Object.keys(meanings).map((name) => found.indexOf(name));
  if (places.includes(-1)) throw missingColumns(path, header, meanings);
  const repeated = places.find((place) => found.indexOf(found[place], place + 1) >= 0);
  if (repeated !== undefined) {
    throw new DataError({
      where: `${path}:1`,
      expected: `one column ${found[repeated]}`,
      found: header.join(", "),
      advice: "Rename the column that is not meant, or take it out.",
    });
  }
  return places;
}

function missingColumns(path: string, header: string[], meanings: Record<string, string>): DataError {
  const names = Object.keys(meanings);
  const explained = Object.entries(meanings).map(([name, meaning]) => `${name} is ${meaning}`).join(", ");
  // such a file comes out of a spreadsheet whose decimal sign is the comma
  const otherSign = header.length === 1 && /[;\t]/.test(header[0]);
  return new DataError({
    where: `${path}:1`,
    expected: `the columns ${names.join(", ")}`,
    found: header.length === 0 ? "an empty file" : header.map((name) => JSON.stringify(name)).join(", "),
    advice: otherSign
      ? "Save the file with commas between the values, not semicolons or tabs."
      : `Rename your columns in the file's first line: ${explained}. Other columns may stay.`,
  });
}

/** @param read the last line that was understood */
function malformed(path: string, read: number, { code, lines, record, cause }: CsvError): DataError {
  if (code === "CSV_QUOTE_NOT_CLOSED") {
    return new DataError({
      where: `${path}, after line ${read}`,
      expected: "a closing quote for every opening one",
      found: "the end of the file",
      advice: "Close the quote, or double it if it is part of the text.",
    }, { cause });
  }
  const where = `${path}:${lines}`;
  if (code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH") {
    const values = record as string[];
    return new DataError({
      where,
      expected: "as many values as there are columns in the first line",
      found: `${values.length}: ${clean(values.join(", ")).slice(0, 80)}`,
      advice: 'Put quotes around a value that holds a comma: "lamp, green".',
    }, { cause });
  }
  return new DataError({
    where,
    expected: "quotes around whole values only",
    found: code === "INVALID_OPENING_QUOTE"
      ? "one inside a value without quotes"
      : "more after a closing quote",
    advice: 'Put the whole value in quotes and double those inside: 27" screen becomes "27"" screen".',
  }, { cause });
}
