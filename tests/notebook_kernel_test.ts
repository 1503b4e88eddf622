import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { dirname, join } from "node:path";
import { startKernel } from "../lib/notebook/kernel/kernel.ts";
import { encodeMessage, type Message } from "../lib/notebook/kernel/protocol.ts";
import { connectZmtp } from "../lib/notebook/kernel/zmtp.ts";
import { withTemporaryFolder } from "./with_temporary_folder.ts";

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Records all that is sent and received on connections made meanwhile. */
async function recordBytes(action: (recorded: () => string) => Promise<void>): Promise<void> {
  const { connect } = Deno;
  const chunks: Uint8Array[] = [];
  const note = (bytes: Uint8Array) => void chunks.push(bytes.slice());
  const recorded = () => Buffer.concat(chunks).toString("latin1");
  Deno.connect = (async (options: Deno.ConnectOptions) => {
    const connection = await connect(options);
    const [read, write] = [connection.read.bind(connection), connection.write.bind(connection)];
    connection.read = async (into) => {
      const size = await read(into);
      note(into.subarray(0, size ?? 0));
      return size;
    };
    connection.write = (bytes) => (note(bytes), write(bytes));
    return connection;
  }) as typeof Deno.connect;
  try {
    await action(recorded);
  } finally {
    Deno.connect = connect;
  }
}

async function executeText(kernel: Awaited<ReturnType<typeof startKernel>>, code: string): Promise<string> {
  const texts: unknown[] = [];
  const onOutput = ({ type, content }: Message) => void (type === "stream" && texts.push(content.text));
  await kernel.execute(code, 60, onOutput);
  return texts.join("").trim();
}

Deno.test("nobody learns the kernel's key from what is sent, and without it nobody gets anything done", () =>
  withTemporaryFolder((folder) =>
    recordBytes(async (recorded) => {
      const kernel = await startKernel(folder);
      const temporary = await executeText(kernel, 'console.log(Deno.env.get("TMPDIR"))');
      const connection = await Deno.readTextFile(join(dirname(temporary), "connection.json"));
      const { key, iopub_port, shell_port, control_port } = JSON.parse(connection);

      const listener = await connectZmtp(iopub_port, "SUB");
      const heard: string[] = [];
      const listening = (async () => {
        for await (const frames of listener.receive()) {
          heard.push(frames.map((frame) => Buffer.from(frame).toString()).join("\n"));
        }
      })();
      await sleep(200);
      await executeText(kernel, 'console.log("secret work")');
      await sleep(200);
      assert.match(heard.join("\n"), /secret work/); // it heard, so it would have heard a key, too
      assert.ok(recorded().includes("secret work"));
      assert.ok(!recorded().includes(key), "the key was sent");

      const mark = join(folder, "mark");
      const words = new Set(heard.join("\n").match(/[\w-]{8,}/g));
      const content = { code: `Deno.writeTextFileSync(${JSON.stringify(mark)}, "")`, silent: false };
      for (const port of [shell_port, control_port]) {
        const socket = await connectZmtp(port, "DEALER");
        for (const word of ["", "guess", ...words]) {
          await socket.send(encodeMessage(word, "session", "execute_request", content).frames);
        }
        await sleep(300);
        socket.close();
      }
      assert.equal(await executeText(kernel, 'console.log("still here")'), "still here");
      await assert.rejects(Deno.stat(mark), Deno.errors.NotFound);
      listener.close();
      await listening;
      await kernel.stop();
    })
  ));

async function shell(script: string, ...args: string[]): Promise<string> {
  const command = new Deno.Command("sh", { args: ["-c", script, "sh", ...args], stderr: "null" });
  return new TextDecoder().decode((await command.output()).stdout).trim();
}

async function isRunning(id: string): Promise<boolean> {
  return await shell("kill -0 $1 && echo yes", id) === "yes";
}

/** Waits until something holds, for ten seconds at most. */
async function becomes(condition: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (await condition()) return true;
    await sleep(100);
  }
  return false;
}

/** Starts a program that runs a kernel for ever; returns when that computes. */
async function startRunner(command: string, args: string[]) {
  const process = new Deno.Command(command, {
    args,
    cwd: join(import.meta.dirname!, ".."),
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const { value } = await process.stdout.getReader().read();
  const [kernel, folder] = new TextDecoder().decode(value).trim().split(" ");
  const isGone = async () => !await isRunning(kernel) && await shell("ls -d $1", folder) === "";
  return { process, kernel, folder, isGone };
}

const program = ["run", "--quiet", "--no-check", "-P=test", "tests/kernel_process.ts"];

for (
  const [signal, code] of [["SIGKILL", 137], ["SIGTERM", 143], ["SIGINT", 130], ["SIGHUP", 129]] as const
) {
  Deno.test(`a runner that ends by ${signal} takes its computing kernel and the connection with it`, async () => {
    const { process, kernel, isGone } = await startRunner(Deno.execPath(), program);
    assert.ok(await isRunning(kernel));
    process.kill(signal);
    assert.equal((await process.status).code, code);
    assert.ok(await becomes(isGone), "the kernel or its connection is still there");
  });
}

Deno.test("a supervisor that is killed takes the kernel with it", async () => {
  const { process, kernel, folder, isGone } = await startRunner(Deno.execPath(), program);
  const supervisor = await shell("read -r stat < /proc/$1/stat; set -- ${stat##*) }; echo $2", kernel);
  await shell("kill -KILL $1", supervisor);
  await process.status;
  assert.ok(await becomes(async () => !await isRunning(kernel)), folder);
  assert.ok(await becomes(isGone));
});
