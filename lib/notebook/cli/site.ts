import { fileURLToPath } from "node:url";
import { countOf } from "../../count_of.ts";
import { brokenLinks } from "../site/broken_links.ts";
import { writeSite } from "../site/write_site.ts";
import { main, readCommandLine } from "./command_line.ts";

const usage = "deno task site";
const site = fileURLToPath(new URL("../../../site", import.meta.url));

/** `deno task site`: writes README, pages and the library's reference as one folder that any web server can serve. */
await main(async () => {
  readCommandLine(usage, { options: {} });
  await Deno.remove(site, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await writeSite(site);
  const broken = await brokenLinks(site);
  for (const { page, target } of broken) console.error(`${page}: ${target} leads nowhere`);
  console.log(`The site is in ${site}: begin with index.html. ${countOf(broken.length, "broken link")}.`);
  return broken.length === 0;
});
