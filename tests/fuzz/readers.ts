import type { FuzzReader } from "./reader.ts";
import { pytorchReaders } from "./readers/pytorch.ts";
import { rawDataReaders } from "./readers/raw_data.ts";
import { stateReaders } from "./readers/state.ts";
import { tensorReaders } from "./readers/tensors.ts";

/** Everything that reads files which may have been damaged. */
export const readers: FuzzReader[] = [
  ...stateReaders,
  ...tensorReaders,
  ...pytorchReaders,
  ...rawDataReaders,
];
