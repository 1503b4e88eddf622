import { randomUUID } from "node:crypto";

/** What a notebook shows, by media type; text and pictures as strings, pictures in base64. */
export type MediaBundle = Deno.jupyter.MediaBundle;

/** One place in a notebook whose content can be replaced. */
export interface LiveDisplay {
  /** Puts `bundle` in the display's place; resolves when it has been sent. */
  show(bundle: MediaBundle): Promise<void>;
}

/** Tells whether this code runs in a cell of the Deno Jupyter kernel. */
export function insideNotebook(): boolean {
  try {
    return Deno.jupyter !== undefined;
  } catch {
    return false; // outside the kernel the mere access throws
  }
}

/**
 * Makes a display that is shown once and then updated in place, in the order of the calls.
 *
 * Works only where `insideNotebook()`.
 */
export function createLiveDisplay(): LiveDisplay {
  const transient = { display_id: randomUUID() };
  let shown = false;
  let last: Promise<void> = Promise.resolve();
  return {
    show(data) {
      const type = shown ? "update_display_data" : "display_data";
      shown = true;
      last = last.then(() => Deno.jupyter.broadcast(type, { data, metadata: {}, transient }));
      return last;
    },
  };
}
