let interrupted = false;
let isListening = false;

/**
 * Takes note when Jupyter's _Interrupt_ is pressed from now on, so that `throwIfInterrupted` can end the work.
 *
 * By itself the Deno kernel goes on with the cell as if nothing had been, or never answers again.
 */
export function heedInterrupts(): void {
  interrupted = false;
  if (isListening) return;
  isListening = true;
  Deno.addSignalListener("SIGINT", () => {
    interrupted = true;
  });
}

/** Throws an `Error` if _Interrupt_ was pressed since `heedInterrupts`. */
export function throwIfInterrupted(): void {
  if (!interrupted) return;
  interrupted = false;
  throw new Error("interrupted. A training that keeps checkpoints goes on when its cell is run again");
}
