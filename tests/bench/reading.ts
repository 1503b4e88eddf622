// Reading Amazon's ratings: processor time and peak memory of our reader, of regular expressions with Maps (as it was
// read before) and of Polars, each in a process of its own.
//   npx -y deno@2.9.6 run -A tests/bench/reading.ts [rows, 2000000 by default]
// What it gave is in data/README.md.
import pl from "nodejs-polars";
import process from "node:process";
import { distinctRows } from "../../lib/data/log/interactions.ts";
import { kCore } from "../../lib/data/log/k_core.ts";
import { readLog } from "../../lib/data/reading/read_log.ts";
import { streamLines } from "../../lib/data/reading/stream_lines.ts";
import { createGenerator, uniform } from "../../lib/random.ts";

const readers: Record<string, (path: string) => Promise<number>> = {
  async "ours"(path) {
    const places = { user: [1], item: [0], time: [3], text: [] };
    return (await readLog(path, { places, timesAre: "numbers" })).interactions.users.length;
  },
  async "ours, then distinct rows and the 5-core"(path) {
    const places = { user: [1], item: [0], time: [3], text: [] };
    const { interactions } = await readLog(path, { places, timesAre: "numbers" });
    return distinctRows(interactions).length + kCore(interactions, 5).length;
  },
  async "regular expression and Maps"(path) {
    const indexes = [new Map<string, number>(), new Map<string, number>()];
    const columns: number[][] = [[], [], []];
    await streamLines(path, (line) => {
      const [, item, user, time] = /^([^,]+),([^,]+),[\d.]+,(\d+)$/.exec(line)!;
      [item, user].forEach((id, i) => {
        const code = indexes[i].get(id) ?? indexes[i].size;
        indexes[i].set(id, code);
        columns[i].push(code);
      });
      columns[2].push(Number(time));
    });
    return columns[0].length;
  },
  async "Polars, identifiers as categories"(path) {
    const category = (name: string) => pl.col(name).cast(pl.Categorical);
    const frame = await pl.scanCSV(path, { hasHeader: false, inferSchemaLength: 0 })
      .select(category("column_1"), category("column_2"), pl.col("column_4").cast(pl.Float64)).collect();
    for (const name of ["column_1", "column_2"]) {
      const column = frame.getColumn(name);
      column.cast(pl.UInt32).toTypedArray();
      column.unique({ maintainOrder: true }).cast(pl.Utf8).toArray();
    }
    return frame.getColumn("column_4").toTypedArray().length;
  },
};

async function writeRatings(path: string, rows: number): Promise<void> {
  const generator = createGenerator(1);
  const draw = (count: number, skew: number) => Math.floor(count * uniform(generator) ** skew);
  const digits = (number: number, count: number) => String(number).padStart(count, "0");
  using file = await Deno.open(path, { write: true });
  const writer = file.writable.getWriter();
  for (let at = 0; at < rows; at += 100_000) {
    const lines = Array.from({ length: Math.min(100_000, rows - at) }, () => {
      const item = digits(draw(0.06 * rows, 2), 9), user = digits(draw(0.4 * rows, 1.5), 13);
      return `B${item},A${user},5.0,${1_200_000_000 + draw(3e8, 1)}\n`;
    });
    await writer.write(new TextEncoder().encode(lines.join("")));
  }
  writer.releaseLock();
}

const [rowsOrReader = "2000000", path] = Deno.args;
if (path !== undefined) {
  const rows = await readers[rowsOrReader](path);
  const { user, system } = process.cpuUsage();
  const [, peak] = /VmHWM:\s+(\d+)/.exec(await Deno.readTextFile("/proc/self/status"))!;
  console.log(
    `${rowsOrReader}: ${((user + system) / 1e6).toFixed(1)} CPU-s, ${
      (Number(peak) / 2 ** 20).toFixed(2)
    } GiB (${rows})`,
  );
} else {
  const file = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await writeRatings(file, Number(rowsOrReader));
    console.log(`${rowsOrReader} ratings, ${Math.round((await Deno.stat(file)).size / 1e6)} MB`);
    for (const reader of Object.keys(readers)) {
      const script = new URL(import.meta.url).pathname;
      await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", script, reader, file],
        stdout: "inherit",
      }).output();
    }
  } finally {
    await Deno.remove(file);
  }
}
