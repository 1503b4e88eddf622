import { printable } from "./printable.ts";

/** What a person needs to mend a bad input: where it is, what belongs there, what is there, what to do. */
export interface Problem {
  /** The file (with its line), the parameter or the tensor at fault. */
  where: string;
  /** What belongs there. */
  expected: string;
  /** What is there. */
  found: string;
  /** What the reader of the message can do about it. */
  advice: string;
}

/** The parent of every error that this library throws about its input. */
export class UniSRecError extends Error {
  /** The class's own name, which `String(error)` begins with. */
  override name = "UniSRecError";
  /** The parts of the message. */
  readonly problem: Problem;

  /** Makes the message from its parts. */
  constructor(problem: Problem, options?: ErrorOptions) {
    super(
      printable(
        `${problem.where}: expected ${problem.expected}, but found ${problem.found}. ${problem.advice}`,
      ),
      options,
    );
    this.problem = problem;
  }
}

/** A file or table of a data set is not what its format says. */
export class DataError extends UniSRecError {
  /** The class's own name. */
  override name = "DataError";
}

/** A parameter, option or profile has a value that cannot be used. */
export class ParameterError extends UniSRecError {
  /** The class's own name. */
  override name = "ParameterError";
}

/** A checkpoint does not fit the model, or is damaged. */
export class CheckpointError extends UniSRecError {
  /** The class's own name. */
  override name = "CheckpointError";
}

/** A computation cannot be recorded or run, or gave a number that is not finite. */
export class EngineError extends UniSRecError {
  /** The class's own name. */
  override name = "EngineError";
}

/** A file cannot be written: there is no room for it, or its folder may not be written. */
export class StorageError extends UniSRecError {
  /** The class's own name. */
  override name = "StorageError";
}
