import { CheckpointError } from "../../errors.ts";
import { damaged, describe, isKind, type Pickled, type PythonName, type StoredNumbers } from "./pickled.ts";

const storagePrefix = "torch.";

/** The classes of stored numbers, and the bytes that each number takes. */
export const storageBytes: Record<string, number> = {
  FloatStorage: 4,
  DoubleStorage: 8,
  HalfStorage: 2,
  BFloat16Storage: 2,
  LongStorage: 8,
  IntStorage: 4,
  ShortStorage: 2,
  CharStorage: 1,
  ByteStorage: 1,
  BoolStorage: 1,
};

const orderedDict = "collections.OrderedDict";
const rebuildTensor = "torch._utils._rebuild_tensor_v2";
const rebuildParameter = "torch._utils._rebuild_parameter";

/** What RecBole and the authors' code put into a checkpoint beside the tensors. */
const foreignNames = [
  "recbole.config.configurator.Config",
  "recbole.utils.enum_type.EvaluatorType",
  "recbole.utils.enum_type.InputType",
  "recbole.utils.enum_type.ModelType",
  "config.Config", // the authors' own, of their distributed pre-training
  "unisrec.UniSRec",
  "yaml.loader.FullLoader",
  "torch.device",
  // the best validation score is a NumPy number
  "numpy.core.multiarray.scalar",
  "numpy.dtype",
  "_codecs.encode",
  "numpy.float32",
  "numpy.float64",
  "numpy.int64",
  "torch.Size",
  "collections.defaultdict",
  "argparse.Namespace",
  "pathlib.PosixPath",
];

/** Packages whose classes stand in checkpoints beside the tensors: configuration, optimiser, training state. */
const foreignPackages = [
  "recbole.",
  "numpy.core.",
  "numpy._core.",
  "torch.optim.",
  "torch.nn.",
  "pytorch_lightning.",
  "lightning.",
  "omegaconf.",
];

const allowed = new Set([
  orderedDict,
  rebuildTensor,
  rebuildParameter,
  ...Object.keys(storageBytes).map((type) => storagePrefix + type),
  ...foreignNames,
]);

/**
 * Returns a Python name that a pickle mentions, if it is one of those that a checkpoint has: of PyTorch,
 * RecBole, the authors' code, NumPy and what trains with them.
 *
 * Nothing is ever imported or called, so that no name could do harm; a name that does not belong in such a file says
 * that the file is not what it is taken for.
 *
 * @throws {CheckpointError} that tells any other name
 */
export function resolveName(module: string, name: string, where: string): PythonName {
  const full = `${module}.${name}`;
  if (allowed.has(full) || isForeign(full)) return { kind: "name", name: full };
  throw new CheckpointError({
    where,
    expected: "only names that PyTorch, RecBole and the authors' code put into a checkpoint",
    found: `the Python name ${full}`,
    advice:
      "The file could run code where it is loaded with Python: load it nowhere unless you trust its source.",
  });
}

/** Tells a class that means nothing here: whatever it is called with is dropped. */
function isForeign(name: string): boolean {
  return foreignNames.includes(name) || foreignPackages.some((prefix) => name.startsWith(prefix));
}

/** Returns what calling a Python name stands for: a dictionary, a tensor, or an object of a foreign class. */
export function applyName(callable: Pickled, args: Pickled, where: string): Pickled {
  if (!isKind(callable, "name") || !Array.isArray(args)) {
    throw damaged(where, "a Python name and its arguments", `${describe(callable)} and ${describe(args)}`);
  }
  if (isForeign(callable.name)) return { kind: "foreign", className: callable.name };
  if (callable.name === orderedDict && args.length === 0) return new Map();
  if (callable.name === rebuildTensor) return makeTensor(args, where);
  if (callable.name === rebuildParameter && isKind(args[0], "tensor")) return args[0];
  throw damaged(where, "arguments that fit", `${describe(args)} for ${callable.name}`);
}

function makeTensor([storage, offset, shape, strides]: Pickled[], where: string): Pickled {
  if (!isKind(storage, "storage")) throw damaged(where, "stored numbers of a tensor", describe(storage));
  if (!isCount(offset) || !isCounts(shape) || !isCounts(strides) || shape.length !== strides.length) {
    const found = [offset, shape, strides].map(describe).join(", ");
    throw damaged(where, "offset, shape and strides of a tensor", found);
  }
  return { kind: "tensor", storage, offset, shape, strides };
}

/** Returns the stored numbers that a persistent id stands for: `("storage", class, key, device, length)`. */
export function findStorage(id: Pickled, where: string): StoredNumbers {
  const [tag, type, key, , length] = Array.isArray(id) ? id : [];
  if (tag !== "storage" || !isKind(type, "name") || typeof key !== "string" || !isCount(length)) {
    throw damaged(where, "the persistent id of stored numbers", describe(id));
  }
  const className = type.name.slice(storagePrefix.length);
  if (!Object.hasOwn(storageBytes, className)) {
    throw damaged(where, "a class of stored numbers", describe(type));
  }
  return { kind: "storage", key, type: className, length };
}

function isCount(value: Pickled | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isCounts(value: Pickled | undefined): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}
