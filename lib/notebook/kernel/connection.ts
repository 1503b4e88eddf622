import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { join } from "node:path";
import { lockFile } from "../../file_lock.ts";
import { makeFolder, onDisk } from "../../write_file.ts";

/** How a kernel is reached. */
export interface Connection {
  /** Holds the connection file, and what the kernel keeps only while it runs; only this user may read it. */
  folder: string;
  /** Tells the kernel its ports and the key. */
  file: string;
  /** The kernel's folder for temporary files. */
  temporary: string;
  /** Signs the messages. It stands in the connection file and nowhere else. */
  key: string;
  shellPort: number;
  iopubPort: number;
  /** Lets go of the folder and removes it. */
  remove(): Promise<void>;
}

/** Where connections lie: the programs may write there, whatever `TMPDIR` says (see `deno.json`). */
const defaultRoot = "/tmp";

const prefix = "unisrec-kernel-";

/** The file that the owner has locked. */
const ownerFile = "owner";

/** A folder that is not locked may be one that is just being made: younger ones are left alone (ms). */
const youngest = 10_000;

/**
 * Makes a connection with a key of its own and ports on which nobody listens, and removes those of dead processes.
 *
 * @throws {StorageError} if the disk is full
 */
export async function makeConnection(root: string = defaultRoot): Promise<Connection> {
  await removeStale(root);
  const folder = await onDisk(root, () => Deno.makeTempDir({ dir: root, prefix }));
  const owner = await lockFile(join(folder, ownerFile)); // until this process ends, however that ends
  const [file, temporary, key] = [join(folder, "connection.json"), join(folder, "tmp"), randomUUID()];
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const content = { transport: "tcp", ip: "127.0.0.1", signature_scheme: "hmac-sha256", key, ...ports };
  const remove = async () => {
    owner.close();
    // the supervisor may be doing the same; what it leaves the next start finds
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  };
  try {
    await makeFolder(temporary);
    await onDisk(file, () => Deno.writeTextFile(file, JSON.stringify(content), { mode: 0o600 }));
  } catch (cause) {
    await remove();
    throw cause;
  }
  return {
    folder,
    file,
    temporary,
    key,
    shellPort: shell_port,
    iopubPort: iopub_port,
    remove,
  };
}

/** Removes the connections that processes left behind which were killed together with their kernel's supervisor. */
async function removeStale(root: string): Promise<void> {
  for await (const { name } of Deno.readDir(root)) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(root, name);
    try {
      const { mtime } = await Deno.stat(folder);
      if (mtime === null || Date.now() - mtime.getTime() < youngest) continue;
      using opened = await Deno.open(join(folder, ownerFile), { write: true, create: true });
      if (await opened.tryLock(true)) await Deno.remove(folder, { recursive: true });
    } catch {
      // it is another user's, or has gone meanwhile
    }
  }
}

/** Finds ports on which nobody listens at the moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => {
    const server = createServer();
    return new Promise<typeof server>((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
  }));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
