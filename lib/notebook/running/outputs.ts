import type { CodeCell, NotebookText, Output, OutputData } from "./notebook_file.ts";
import { joinLines, splitLines } from "./notebook_file.ts";
import type { Message } from "../kernel/protocol.ts";

/** Collects what the cells of one notebook put out. */
export interface OutputCollector {
  /** Adds a message's output to the cell whose code sent it. */
  collect(cell: CodeCell, message: Message): void;
}

/** Makes a collector; it remembers the displays that later messages update, also from other cells. */
export function createOutputCollector(): OutputCollector {
  const displays = new Map<unknown, { data: OutputData; metadata: object }[]>();
  return {
    collect(cell, { type, content }) {
      const { outputs } = cell;
      if (type === "stream") addStream(outputs, content as { name: string; text: string });
      if (type === "clear_output") outputs.length = 0;
      if (type === "error") {
        const { ename, evalue, traceback } = content as {
          ename: string;
          evalue: string;
          traceback: string[];
        };
        outputs.push({ output_type: "error", ename, evalue, traceback });
      }
      if (type !== "display_data" && type !== "execute_result" && type !== "update_display_data") return;
      const shown = {
        data: splitTexts(content.data as OutputData),
        metadata: content.metadata as object ?? {},
      };
      const displayId = (content.transient as { display_id?: string } | undefined)?.display_id;
      if (type === "update_display_data") {
        for (const display of displays.get(displayId) ?? []) Object.assign(display, shown);
        return;
      }
      const output: Output & { data: OutputData } = type === "display_data"
        ? { output_type: type, ...shown }
        : { output_type: type, ...shown, execution_count: content.execution_count as number };
      if (displayId !== undefined) displays.set(displayId, [...displays.get(displayId) ?? [], output]);
      outputs.push(output);
    },
  };
}

/** Texts that follow each other on one stream are one output. */
function addStream(outputs: Output[], { name, text }: { name: string; text: string }): void {
  const last = outputs.at(-1);
  if (last?.output_type === "stream" && last.name === name) {
    last.text = splitLines(joinLines(last.text) + text);
  } else outputs.push({ output_type: "stream", name, text: splitLines(text) });
}

/** Texts go into the file line by line; pictures in base64 stay whole, and JSON stays JSON. */
function splitTexts(data: OutputData): OutputData {
  const split = (type: string, value: NotebookText | object) =>
    typeof value === "string" && /^text\/|svg|javascript/.test(type) ? splitLines(value) : value;
  return Object.fromEntries(Object.entries(data).map(([type, value]) => [type, split(type, value)]));
}
