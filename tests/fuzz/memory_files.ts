// Files in memory instead of on the disk, for code that reads and writes them with Deno's functions: a hundred thousand
// small ones then take seconds.

/** The folder whose files lie in memory. */
export const memoryFolder = "/memory";

const files = new Map<string, Uint8Array<ArrayBuffer>>();
const folders = new Set<string>();

const lies = (path: string | URL): path is string =>
  typeof path === "string" && path.startsWith(`${memoryFolder}/`);

/** Makes Deno's functions find the files below `memoryFolder` in memory; all others stay where they are. */
export function keepFilesInMemory(): void {
  const disk = { ...Deno };
  const changed: Partial<typeof Deno> = {
    readFile: async (path, options) =>
      lies(path) ? contents(path).slice() : await disk.readFile(path, options),
    readTextFile: async (path, options) =>
      lies(path) ? new TextDecoder().decode(contents(path)) : await disk.readTextFile(path, options),
    writeFile: async (path, data, options) => {
      if (!lies(path)) return await disk.writeFile(path, data, options);
      files.set(path, new Uint8Array(data as Uint8Array));
    },
    stat: async (path) => lies(path) ? describe(path) : await disk.stat(path),
    open: async (path, options) => lies(path) ? openInMemory(path, options) : await disk.open(path, options),
    mkdir: async (path, options) => lies(path) ? void folders.add(path) : await disk.mkdir(path, options),
    remove: async (path, options) => {
      if (!lies(path)) return await disk.remove(path, options);
      describe(path);
      for (const names of [files, folders]) {
        for (const name of names.keys()) if (isWithin(name, path)) names.delete(name);
      }
    },
    rename: async (from, to) => {
      if (!lies(from)) return await disk.rename(from, to);
      describe(from);
      for (const name of [...files.keys()].filter((name) => isWithin(name, from))) {
        files.set(`${to}${name.slice(from.length)}`, files.get(name)!);
        files.delete(name);
      }
    },
    readDir: (path) => lies(path) ? listInMemory(path) : disk.readDir(path),
  };
  for (const [name, value] of Object.entries(changed)) {
    Object.defineProperty(Deno, name, { value, configurable: true, writable: true });
  }
}

function contents(path: string): Uint8Array<ArrayBuffer> {
  const found = files.get(path);
  if (found) return found;
  throw new Deno.errors.NotFound(path);
}

const isWithin = (name: string, path: string) => name === path || name.startsWith(`${path}/`);

function describe(path: string): Deno.FileInfo {
  const size = files.get(path)?.length;
  if (size === undefined && ![...folders].some((name) => isWithin(name, path))) {
    throw new Deno.errors.NotFound(path);
  }
  const isFile = size !== undefined;
  return { isFile, isDirectory: !isFile, size: size ?? 0, mtime: new Date() } as Deno.FileInfo;
}

async function* listInMemory(path: string): AsyncGenerator<Deno.DirEntry> {
  describe(path);
  const names = new Set<string>();
  for (const name of files.keys()) {
    if (isWithin(name, path) && name !== path) names.add(name.slice(path.length + 1).split("/")[0]);
  }
  for (const name of names) {
    const isFile = files.has(`${path}/${name}`);
    yield { name, isFile, isDirectory: !isFile, isSymlink: false };
  }
}

function openInMemory(
  path: string,
  { write = false, append = false, createNew = false }: Deno.OpenOptions = {},
) {
  if (createNew) files.set(path, new Uint8Array(0));
  let position = append ? contents(path).length : 0;
  const file = {
    read: (into: Uint8Array) => {
      const part = contents(path).subarray(position, position + into.length);
      into.set(part);
      position += part.length;
      return Promise.resolve(part.length === 0 && into.length > 0 ? null : part.length);
    },
    write: (bytes: Uint8Array) => {
      if (!write && !append) throw new Deno.errors.BadResource(path);
      const before = contents(path);
      const after = new Uint8Array(Math.max(before.length, position + bytes.length));
      after.set(before);
      after.set(bytes, position);
      files.set(path, after);
      position += bytes.length;
      return Promise.resolve(bytes.length);
    },
    stat: () => Promise.resolve(describe(path)),
    sync: () => Promise.resolve(),
    lock: () => Promise.resolve(),
    tryLock: () => Promise.resolve(true),
    close: () => {},
    [Symbol.dispose]: () => {},
  };
  contents(path);
  return file as unknown as Deno.FsFile;
}
