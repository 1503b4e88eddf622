import { printable } from "../../printable.ts";

const clearLine = "\r\x1b[K";
const encoder = new TextEncoder();

/** Shows a line that the next one replaces; only where the output is a terminal. */
export function showPassingLine(line: string): void {
  // a longer line would wrap, and \r goes back to its last row only
  write(clearLine + printable(line).slice(0, Deno.consoleSize().columns - 1));
}

/** Shows a line that stays, in the place of a passing one. */
export function showLastingLine(line: string): void {
  write(`${clearLine}${printable(line)}\n`);
}

function write(text: string): void {
  const bytes = encoder.encode(text);
  for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
}
