import { chooseEngine } from "../../engine/choose_engine.ts";
import { forgetEnd, noteEnd } from "../../experiments/lists/ended.ts";
import { trainListed } from "../../experiments/lists/train_listed.ts";
import { readList, trainingAt } from "../../experiments/lists/training_list.ts";
import { ParameterError } from "../../errors.ts";
import { printable } from "../../printable.ts";
import { type FitObserver, TrainingEnded } from "../../training/fit.ts";
import { beforeEnd } from "../kernel/ending.ts";
import { createProgress, type Progress } from "../inside/progress.ts";
import { watchTraining } from "../inside/watch_training.ts";
import { formatDuration } from "../pages/format.ts";
import { main, readCommandLine } from "./command_line.ts";

const usage = "deno task train LIST NUMBER";

/** How long a training may take to its checkpoint when a signal asks it to end, in milliseconds; Slurm waits 30 s. */
const grace = 25_000;

/**
 * `deno task train`: does one training of a list. It goes on where an earlier process was ended, and ends at a checkpoint
 * when a signal asks for that.
 */
await main(async () => {
  const { positionals } = readCommandLine(usage, { options: {}, allowPositionals: true });
  if (positionals.length !== 2) {
    throw new ParameterError({
      where: "command line",
      expected: usage,
      found: `${positionals.length} words`,
      advice: "`deno task cluster` writes lists.",
    });
  }
  const [folder, number] = [positionals[0], Number(positionals[1])];
  const list = await readList(folder);
  const { what, work } = trainingAt(list, number);
  const end = heedEnd();
  const { observe } = watchTraining();
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  await forgetEnd(folder, number); // of an earlier try
  try {
    const engine = await chooseEngine(list.engineName);
    console.log(engine.description);
    console.log(printable(`${number} of ${list.trainings.length}: ${what}`));
    await trainListed(folder, list, work, {
      engine,
      observe: (name, limits): FitObserver => ({
        ...observe(name, limits),
        isEnding: () => end.isWanted,
        search: showSearch(name),
      }),
    });
  } catch (error) {
    if (error instanceof TrainingEnded) {
      console.log(printable(`${what}: ${error.message}; a checkpoint is kept, from which it goes on`));
      end.whenKept();
      return await new Promise<never>(() => {}); // the process ends with the signal's code
    }
    const { name, message } = error as Error;
    await noteEnd(folder, number, {
      error: printable(`${name}: ${message.split("\n")[0]}`),
      seconds: seconds(),
    });
    throw error;
  }
  await noteEnd(folder, number, { error: null, seconds: seconds() });
  console.log(printable(`${what}: done in ${formatDuration(seconds())}`));
  return true;
});

/** Returns what shows how settings are searched. */
function showSearch(title: string): FitObserver["search"] {
  let progress: Progress | null = null;
  return ({ what, done, total, best }) => {
    progress ??= createProgress({ title, total, unit: what });
    progress.update(done, `best NDCG@10 ${best.toFixed(4)}`, total);
  };
}

/** Has the training end at a checkpoint before a signal ends the process, or the end of the npx that started it. */
function heedEnd(): { isWanted: boolean; whenKept: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = { isWanted: false, whenKept: resolve };
  beforeEnd(async () => {
    end.isWanted = true;
    await Promise.race([promise, new Promise<void>((resolve) => setTimeout(resolve, grace))]);
  });
  return end;
}
