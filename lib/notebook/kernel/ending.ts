/** The signals that ask a process to end, with the exit codes that tell of them. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[];

const tasks = new Set<() => Promise<void>>();

const listeners = signals.map((signal) => [signal, () => endProcess(signal)] as const);

/**
 * Has something done before a signal ends this process.
 *
 * @returns a function that undoes this
 */
export function beforeEnd(task: () => Promise<void>): () => void {
  if (tasks.size === 0) { for (const [signal, end] of listeners) Deno.addSignalListener(signal, end); }
  tasks.add(task);
  return () => {
    if (!tasks.delete(task) || tasks.size > 0) return;
    for (const [signal, end] of listeners) Deno.removeSignalListener(signal, end);
  };
}

/** Ends this process as a signal does, after everything that is to be done before. */
export async function endProcess(signal: keyof typeof exitCodes): Promise<never> {
  await Promise.allSettled([...tasks].map((task) => task()));
  Deno.exit(exitCodes[signal]);
}
