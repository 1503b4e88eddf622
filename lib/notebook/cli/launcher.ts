import { endProcess } from "../kernel/ending.ts";

/** How often the launcher is looked for, in milliseconds. */
const interval = 1000;

/**
 * Prints the process ID of the nearest ancestor of this process that is npm: `npx` is one of its names.
 *
 * A shell reads what Deno may read only with all permissions. In /proc/PID/stat the name stands in brackets, and may
 * hold spaces and brackets itself; state and parent come after it.
 */
const findNpm = `
pid=$PPID
while [ "$pid" -gt 1 ] && read -r stat < /proc/$pid/stat; do
  case $stat in
    "$pid (npm "* | "$pid (npx "*) echo $pid; exit ;;
  esac
  set -- \${stat##*) }
  pid=$2
done`;

/**
 * Ends this process as SIGTERM does when the `npx` that started it is gone: npx does not pass signals on, and would
 * leave it running.
 */
export async function endWithLauncher(): Promise<void> {
  const launcher = await nearestNpm();
  if (launcher === null) return;
  const timer = setInterval(async () => {
    if (await nearestNpm() === launcher) return;
    clearInterval(timer);
    console.error("The npx that started this has ended, so this ends too.");
    await endProcess("SIGTERM");
  }, interval);
  Deno.unrefTimer(timer);
}

/** Returns the process ID of the npm that this process descends from, or null. */
async function nearestNpm(): Promise<number | null> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", findNpm],
    stdin: "null",
    stderr: "null",
  }).output();
  return Number(new TextDecoder().decode(stdout)) || null;
}
