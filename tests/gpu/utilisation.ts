/** Watches how busy the GPU is until `stop` is called. */
export interface UtilisationWatch {
  /** Returns all samples in percent, five a second; null where there is no nvidia-smi. */
  stop(): Promise<number[] | null>;
}

/** Starts to ask `nvidia-smi` for the GPU's utilisation. */
export function watchUtilisation(): UtilisationWatch {
  const end = new AbortController();
  const command = new Deno.Command("nvidia-smi", {
    args: ["--query-gpu=utilization.gpu", "--format=csv,noheader,nounits", "--loop-ms=200"],
    stdout: "piped",
    stderr: "null",
    signal: end.signal,
  });
  let child: Deno.ChildProcess;
  try {
    child = command.spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { stop: () => Promise.resolve(null) };
    throw error;
  }
  const output = new Response(child.stdout).text();
  return {
    async stop() {
      end.abort();
      await child.status;
      return (await output).split("\n").filter((line) => /^\d+$/.test(line.trim())).map(Number);
    },
  };
}
