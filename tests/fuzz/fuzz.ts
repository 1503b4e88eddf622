// Lets every reader of files read damaged ones, and counts what becomes of them:
//   deno task fuzz --minutes N --seed S [--reader NAME]…
// It ends with status 1 if an input ended in an error that is not the project's, took too long, or was taken although
// it is wrong. With one reader and its seed, inputs have the same numbers again.
import { parseArgs } from "node:util";
import { type Report, startFuzzer } from "./fuzz_reader.ts";
import { readers } from "./readers.ts";

/** Faults of a reader that are shown. */
const shown = 5;

function describe({ reader, inputs, counts }: Report): string {
  const { accepted, typed, untyped, hang, wrong } = counts;
  return `${reader.padEnd(28)} ${
    String(inputs).padStart(8)
  } inputs: ${accepted} accepted, ${typed} typed errors, ` +
    `${untyped} untyped errors, ${hang} hangs, ${wrong} wrong`;
}

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    reader: { type: "string", multiple: true },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help) {
  console.log("deno task fuzz [--minutes N] [--seed S] [--reader NAME]…");
  Deno.exit(0);
}
const minutes = Number(values.minutes), seed = Number(values.seed);
const chosen = readers.filter(({ name }) => values.reader?.includes(name) ?? true);
if (!(minutes > 0) || !Number.isSafeInteger(seed) || chosen.length === 0) {
  console.error(
    `--minutes takes a number above 0, --seed an integer, --reader one of: ${
      readers.map(({ name }) => name).join(", ")
    }`,
  );
  Deno.exit(2);
}

// files in memory are not written to a disk each time
const inMemory = await Deno.stat("/dev/shm").then(() => "/dev/shm", () => undefined);
const folder = await Deno.makeTempDir({ dir: inMemory, prefix: "fuzz-" });
const reports: Report[] = [];
const fuzzer = startFuzzer();
try {
  const share = minutes * 60_000 / chosen.length;
  for (const [i, { name }] of chosen.entries()) {
    const report = await fuzzer.fuzz(name, `${folder}/${i}`, seed, share);
    reports.push(report);
    console.log(describe(report));
    for (const { input, outcome, message } of report.faults.slice(0, shown)) {
      console.log(`  input ${input} of seed ${seed}, ${outcome}: ${message}`);
    }
  }
} finally {
  fuzzer.end();
  await Deno.remove(folder, { recursive: true });
}
const faults = reports.reduce((sum, { counts: { untyped, wrong, hang } }) => sum + untyped + wrong + hang, 0);
console.log(`${reports.reduce((sum, { inputs }) => sum + inputs, 0)} inputs, ${faults} faults`);
Deno.exit(faults === 0 ? 0 : 1);
