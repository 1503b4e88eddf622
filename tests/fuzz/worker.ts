// Lets one reader read damaged files until it is stopped; fuzz.ts watches it, and ends it if it hangs.
import { keepFilesInMemory, memoryFolder } from "./memory_files.ts";
import { plantedReaders } from "./planted_readers.ts";
import { readers } from "./readers.ts";
import { outcomes, tryInputs } from "./try_inputs.ts";

/** What a worker is told. */
export interface Task {
  reader: string;
  folder: string;
  seed: number;
  /** The first input's number. */
  first: number;
  /** How long to go on. */
  milliseconds: number;
  /** The number of the input that is being read, then how many had each outcome. */
  counters: Int32Array;
}

const scope = self as unknown as Worker;
keepFilesInMemory();
console.info = console.warn = () => {}; // what readers say of rows that they leave out

scope.onmessage = async ({ data }: MessageEvent<Task>) => {
  const { reader: name, folder, seed, first, milliseconds, counters } = data;
  const reader = [...readers, ...plantedReaders].find((reader) => reader.name === name)!;
  const deadline = Date.now() + milliseconds;
  function* inputs() {
    for (let input = first; Date.now() < deadline; input++) yield input;
  }
  await tryInputs(
    reader,
    reader.onDisk ? folder : `${memoryFolder}/${name}`,
    seed,
    inputs(),
    (input) => Atomics.store(counters, 0, input),
    (outcome, fault) => {
      Atomics.add(counters, 1 + outcomes.indexOf(outcome), 1);
      if (fault) scope.postMessage(fault);
    },
  );
  scope.postMessage("done");
};
