import { figuresFolder } from "../../figures/output/place.ts";
import { countOf } from "../../count_of.ts";
import { writePages } from "../pages/write_pages.ts";
import { main, readCommandLine } from "./command_line.ts";

const usage = "deno task pages";

/** `deno task pages`: writes all pages in `figures/` anew, from what lies there. */
await main(async () => {
  readCommandLine(usage, { options: {} });
  const pages = await writePages();
  console.log(
    `${
      countOf(pages.length, "page")
    } written in ${figuresFolder}; the one to begin with is index.html there.`,
  );
  return true;
});
