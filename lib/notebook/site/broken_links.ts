import { dirname, join, relative } from "node:path";
import { decodeHTML } from "entities";

/** A link that leads nowhere. */
export interface BrokenLink {
  /** Path of the page, in the folder. */
  page: string;
  target: string;
}

/**
 * Follows every link, image and style sheet of all pages in a folder, and returns those that lead to no file in it or to no
 * place on its page. Addresses of other hosts are not followed.
 */
export async function brokenLinks(folder: string): Promise<BrokenLink[]> {
  const files = await filesBelow(folder);
  const pages = [...files].filter((file) => file.endsWith(".html"));
  const ids = new Map<string, Set<string>>();
  const targets = new Map<string, string[]>();
  for (const page of pages) {
    // scripts and styles hold what only looks like a link
    const html = (await Deno.readTextFile(join(folder, page))).replace(/<(script|style)\b[^]*?<\/\1>/g, "");
    ids.set(page, new Set([...html.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => decodeHTML(id))));
    targets.set(
      page,
      [...html.matchAll(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, to]) => decodeHTML(to)),
    );
  }
  const isFound = (page: string, target: string) => {
    if (/^[a-z][a-z+.-]*:|^\/\//i.test(target)) return true;
    const [path, fragment] = target.split("#").map((part) => decodeURIComponent(part.split("?")[0]));
    const to = path === "" ? page : relative(folder, join(folder, dirname(page), path));
    const file = files.has(to) ? to : join(to, "index.html");
    if (!files.has(file)) return false;
    return !fragment || !ids.has(file) || ids.get(file)!.has(fragment);
  };
  return pages.flatMap((page) =>
    [...new Set(targets.get(page))].filter((target) => !isFound(page, target)).map((target) => ({
      page,
      target,
    }))
  );
}

async function filesBelow(folder: string, below = ""): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { name, isDirectory } of Deno.readDir(join(folder, below))) {
    const path = join(below, name);
    if (isDirectory) { for (const file of await filesBelow(folder, path)) found.add(file); }
    else found.add(path);
  }
  return found;
}
