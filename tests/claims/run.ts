// Checks what the sample says to the paper's claims, over five seeds, against the table that is committed:
//   deno task claims [--write]
// It ends with status 1 if a claim that holds in tests/claims/claims.csv does not, or one that does not hold there clearly
// does; --write writes that table anew.
// One thread for each training, so that the numbers do not depend on how many processors there are.
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { claims } from "./claims.ts";
import { judge, type Judgement } from "./judge.ts";
import { type Measurement, measureSeed } from "./measure_seed.ts";

const table = fileURLToPath(new URL("claims.csv", import.meta.url));
const seeds = [1, 2, 3, 4, 5];
/** Below it a claim holds so clearly that the table has to say so, whatever the processor rounds. */
const clear = 0.01;
const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    write: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help) {
  console.log("deno task claims [--write]");
  Deno.exit(0);
}

if (values.seed === undefined) await main();
else console.log(JSON.stringify(await measureSeed(createOnnxEngine({ threads: 1 }), Number(values.seed))));

async function main() {
  const left = [...seeds];
  const measured: Measurement[][] = [];
  const work = async () => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      const start = performance.now();
      measured[seeds.indexOf(seed)] = await inProcess(seed);
      console.log(`seed ${seed}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(seeds.length, navigator.hardwareConcurrency) }, work));
  const judgements = claims.map((claim) => judge(claim, measured));
  if (values.write) await Deno.writeTextFile(table, toCsv(judgements));
  const known = new Map(
    (parse(await Deno.readTextFile(table), { columns: true }) as Record<string, string>[])
      .map(({ claim, verdict }) => [claim, verdict]),
  );
  let failed = 0;
  for (const { claim, verdict, higher, lower, p } of judgements) {
    const holds = known.get(claim) === "holds";
    const isKnown = known.has(claim) && (holds ? verdict === "holds" : !(verdict === "holds" && p < clear));
    if (!isKnown) failed++;
    const said = isKnown ? "" : `, but ${known.get(claim) ?? "nothing"} in claims.csv`;
    console.log(
      `${verdict.padEnd(9)} ${claim}: ${higher.toFixed(4)}, ${lower.toFixed(4)}, p = ${
        p.toPrecision(2)
      }${said}`,
    );
  }
  for (const claim of known.keys()) {
    if (claims.some((one) => one.claim === claim)) continue;
    failed++;
    console.log(`claims.csv has a claim that is not tested: ${claim}`);
  }
  console.log(`claims: ${judgements.length - failed} passed, ${failed} failed`);
  Deno.exit(failed === 0 ? 0 : 1);
}

/** Measures one seed in a process of its own, so that processors work side by side. */
async function inProcess(seed: number): Promise<Measurement[]> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-P=test", "--quiet", fileURLToPath(import.meta.url), "--seed", String(seed)],
    stdout: "piped",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`seed ${seed} could not be measured`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

function toCsv(judgements: readonly Judgement[]): string {
  const quote = (text: string) => /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const rows = judgements.map(({ claim, paper, measure, higher, lower, difference, p, verdict }) =>
    [
      quote(claim),
      paper ?? "",
      quote(measure),
      ...[higher, lower, difference].map((value) => value.toFixed(4)),
      p < 0.001 ? "< .001" : p.toFixed(3),
      verdict,
    ].join(",")
  );
  return ["claim,paper,measure,first,second,difference,p,verdict", ...rows].join("\n") + "\n";
}
