// Slurm with two virtual nodes on this machine, for slurm_test.ts.
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("./slurm.sh", import.meta.url));

/** How long Slurm may take to start, in milliseconds. */
const startTimeout = 60_000;

/** A running Slurm. */
export interface SlurmCluster {
  /** The variables by which Slurm's commands find it. */
  env: Record<string, string>;
  /** Runs one of Slurm's commands, and returns what it prints. */
  run(command: string, args: string[]): Promise<string>;
  /** Ends it, its jobs included. */
  stop(): Promise<void>;
}

/** Returns why Slurm cannot be run here, or null if it can. */
export function noSlurmReason(): string | null {
  if (Deno.build.os !== "linux") return "Slurm runs on Linux";
  if (Deno.uid() !== 0) return "virtual nodes want root";
  const missing = ["slurmctld", "slurmd", "munged", "sbatch"].filter((command) => !isInstalled(command));
  if (missing.length === 0) return null;
  return `there is no ${
    missing.join(", ")
  } here (Debian: apt-get install --no-install-recommends slurm-wlm munge)`;
}

function isInstalled(command: string): boolean {
  return new Deno.Command("sh", { args: ["-c", `command -v ${command}`], stdout: "null" }).outputSync()
    .success;
}

/** Starts Slurm, which ends with this process at the latest; returns why, where its daemons do not run in this machine. */
export async function startSlurm(folder: string): Promise<SlurmCluster | string> {
  const listeners = Array.from({ length: 3 }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = listeners.map(({ addr }) => String((addr as Deno.NetAddr).port));
  for (const listener of listeners) listener.close();
  const child = new Deno.Command("sh", {
    args: [script, folder, Deno.hostname().split(".")[0], ...ports],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const env = { SLURM_CONF: `${folder}/slurm.conf` };
  const reader = child.stdout.getReader();
  const stop = async () => {
    await child.stdin.close().catch(() => {}); // it has ended
    while (!(await reader.read()).done);
    await child.status;
  };
  const timer = setTimeout(() => child.kill("SIGTERM"), startTimeout);
  const { value = new Uint8Array() } = await reader.read();
  clearTimeout(timer);
  if (!new TextDecoder().decode(value).startsWith("ready")) {
    await stop();
    const log = await Deno.readTextFile(`${folder}/daemons.log`).catch(() => "");
    return `its daemons did not start: ${log.trim().split("\n").slice(-5).join("; ")}`;
  }
  return {
    env,
    stop,
    async run(command, args) {
      const { success, stdout, stderr } = await new Deno.Command(command, { args, env }).output();
      if (success) return new TextDecoder().decode(stdout);
      throw new Error(`${command} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
    },
  };
}
