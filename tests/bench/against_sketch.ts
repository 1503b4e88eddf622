// Our training on Scientific against the design's sketch packed_training.ts, alternately, each in a process of its own:
//   UNISREC_DATA=… deno run -A tests/bench/against_sketch.ts FOLDER_OF_SKETCHES [ROUNDS]
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withTemporaryFolder } from "../with_temporary_folder.ts";
import { median } from "./median.ts";

const [sketches, rounds = "5"] = Deno.args;
if (!sketches || !Deno.env.get("UNISREC_DATA")) {
  console.error(
    "Usage: UNISREC_DATA=… deno run -A tests/bench/against_sketch.ts FOLDER_OF_SKETCHES [ROUNDS]",
  );
  Deno.exit(1);
}
const epochs = 3;
const threads = navigator.hardwareConcurrency;
const ours = fileURLToPath(new URL("train_epochs.ts", import.meta.url));
const cases = [["sasrec", "64"], ["sasrec", "300"], ["trans", "300"]] as const;

/** Runs a program and returns its median of instances per second over the epochs after the first. */
async function speedOf(cwd: string, args: string[], pattern: RegExp): Promise<number> {
  const command = new Deno.Command(Deno.execPath(), { args: ["run", "-A", ...args], cwd, stderr: "inherit" });
  const { success, stdout } = await command.output();
  if (!success) throw new Error(`failed: deno run -A ${args.join(" ")}`);
  const speeds = Array.from(new TextDecoder().decode(stdout).matchAll(pattern), ([, speed]) => Number(speed));
  return median(speeds.slice(1));
}

await withTemporaryFolder(async (folder) => {
  for (const name of ["packed_training.ts", "tracing_backend.ts", "deno.json"]) {
    await Deno.copyFile(join(sketches, name), join(folder, name));
  }
  for (const [kind, hiddenSize] of cases) {
    const pairs: { ours: number; sketch: number }[] = [];
    const rate = ["0.5", "0.001"];
    for (let round = 0; round < Number(rounds); round++) {
      const sketch = await speedOf(
        folder,
        ["packed_training.ts", hiddenSize, `${epochs}`, `${threads}`, ...rate, kind, `${12345 + round}`],
        /^epoch .* \((\d+)\/s\)/gm,
      );
      pairs.push({
        sketch,
        ours: await speedOf(
          Deno.cwd(),
          [ours, kind, hiddenSize, `${epochs}`],
          /"instancesPerSecond":([\d.]+)/g,
        ),
      });
    }
    const column = (pick: (pair: { ours: number; sketch: number }) => number) => median(pairs.map(pick));
    const ratios = pairs.map(({ ours, sketch }) => ours / sketch);
    console.log(
      `${kind} ${hiddenSize}: ours ${column(({ ours }) => ours).toFixed(0)}/s, ` +
        `sketch ${column(({ sketch }) => sketch).toFixed(0)}/s, ratio ${median(ratios).toFixed(2)} ` +
        `(${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} in ${rounds} rounds)`,
    );
  }
});
