import { escapeHtml } from "../../figures/drawing/html.ts";
import { printable } from "../../printable.ts";
import { formatDuration, formatProgress } from "../pages/format.ts";
import { heedInterrupts, throwIfInterrupted } from "./interrupts.ts";
import { createLiveDisplay, insideNotebook } from "./live_display.ts";
import { showLastingLine, showPassingLine } from "./terminal_line.ts";

/** A progress report that is being shown. */
export interface Progress {
  /**
   * Says how much is done, and of how much where that has changed; cheap, so call it as often as you like.
   *
   * @throws {Error} in a notebook, if _Interrupt_ was pressed since the report began
   */
  update(done: number, note?: string, total?: number): void;
  /** Ends the report with a sentence on what came out. */
  done(summary: string): Promise<void>;
}

/** What a report says and how: `line` while the work runs and at the end. */
interface Output {
  /** Least time between two lines, in milliseconds, so many after the start. */
  interval(elapsed: number): number;
  show(line: string, fraction: number): Promise<void> | void;
  end(line: string): Promise<void> | void;
}

/**
 * Shows how a long piece of work comes on, with its speed and the time left.
 *
 * In a notebook one display is updated, in a terminal one line; where the output goes to a file, a line is
 * written now and then.
 *
 * @param work its title, how many units there are, and what a unit is called, in the plural
 * @example
 * ```ts
 * import { createProgress } from "./progress.ts";
 *
 * const progress = createProgress({ title: "Reading", total: 2, unit: "files" });
 * progress.update(1, "train.inter");
 * progress.update(2);
 * await progress.done("2 files read");
 * ```
 */
export function createProgress(work: { title: string; total: number; unit: string }): Progress {
  return startProgress(work, chooseOutput(), () => performance.now());
}

/** As `createProgress`, with the output and the clock (in milliseconds) given. */
export function startProgress(
  work: { title: string; total: number; unit: string },
  output: Output,
  now: () => number,
): Progress {
  const start = now();
  let shownAt = -Infinity;
  return {
    update(done, note, total = work.total) {
      const time = now();
      if (time - shownAt < output.interval(time - start)) return;
      shownAt = time;
      output.show(
        formatProgress({ ...work, total, done, seconds: (time - start) / 1000, note }),
        done / total,
      );
    },
    async done(summary) {
      await output.end(`${work.title}: ${summary} (${formatDuration((now() - start) / 1000)})`);
    },
  };
}

function chooseOutput(): Output {
  if (insideNotebook()) return notebookOutput();
  return Deno.stdout.isTerminal() ? terminalOutput() : logOutput();
}

function notebookOutput(): Output {
  const display = createLiveDisplay();
  heedInterrupts();
  return {
    interval: () => 250,
    show(line, fraction) {
      throwIfInterrupted();
      return display.show({
        "text/plain": line,
        "text/html": `<div><progress value="${fraction}"></progress> ${escapeHtml(line)}</div>`,
      });
    },
    end: (line) => display.show({ "text/plain": line, "text/html": `<div>✓ ${escapeHtml(line)}</div>` }),
  };
}

function terminalOutput(): Output {
  return { interval: () => 250, show: showPassingLine, end: showLastingLine };
}

function logOutput(): Output {
  const print = (line: string) => console.log(printable(line));
  // of what takes hours, nobody wants to read a line every five seconds
  return { interval: (elapsed) => Math.min(Math.max(5000, elapsed / 10), 60_000), show: print, end: print };
}
