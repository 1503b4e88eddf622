// The pages as a reader sees them, in a real browser: `deno task look`. It needs Debian's `chromium`, and `poppler-utils` to
// read what is printed; playwright reads below /proc, which no permission but all allows, so that this is no part of
// `deno task test`.
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  accessibilityFaults,
  findChromium,
  formulaFaults,
  lookAt,
  overflowing,
  startBrowser,
} from "./browser.ts";
import { pagesToLookAt } from "./pages.ts";
import { canReadPdf, printFaults } from "./printed.ts";

const chromium = findChromium();
const without = (reason: string | null) => reason === null ? "" : ` (skipped: ${reason})`;
const noBrowser = chromium === null ? "no chromium is installed" : null;
const noReader = noBrowser ?? (canReadPdf() ? null : "no pdftotext is installed");

const folder = chromium === null ? "" : await Deno.makeTempDir();
const pages = chromium === null ? [] : await pagesToLookAt(folder);
const browser = chromium === null ? null : await startBrowser(chromium);
const options = { sanitizeOps: false, sanitizeResources: false };

function lookTest(name: string, reason: string | null, look: () => Promise<void>) {
  Deno.test({ name: name + without(reason), ignore: reason !== null, ...options, fn: look });
}
/** @param wanted names of pages; all if left out */
const named = (...wanted: string[]) =>
  pages.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

let formulas = 0;
lookTest(
  "nothing is cut off at three widths, formulas bring their letters along, the console is silent",
  noBrowser,
  async () => {
    for (const { name, path } of named()) {
      const faults = await lookAt(browser!, path, async (page) => {
        const cut = [];
        for (const width of [1400, 768, 420]) cut.push(...await overflowing(page, width));
        formulas += await page.evaluate(`document.querySelectorAll(".katex-html").length`) as number;
        return [...cut, ...await formulaFaults(page)];
      });
      assert.deepEqual(faults, [], name);
    }
    assert.ok(formulas > 10, `${formulas} formulas`);
  },
);

lookTest("axe-core finds no serious fault", noBrowser, async () => {
  for (const { name, path } of named("README", "figures", "figures/Scientific", "09-case-study")) {
    assert.deepEqual(await lookAt(browser!, path, accessibilityFaults), [], name);
  }
});

lookTest("axe-core finds no serious fault in the dark", noBrowser, async () => {
  for (const { name, path } of named("README", "02-text-encoding")) {
    assert.deepEqual(await lookAt(browser!, path, accessibilityFaults, "dark"), [], name);
  }
});

lookTest("print loses no line of code and no cell of a table", noReader, async () => {
  for (const { name, path } of named("figures/Scientific", "05-comparison", "09-case-study")) {
    const faults = await lookAt(browser!, path, (page) => printFaults(page, join(folder, "page.pdf")));
    assert.deepEqual(faults, [], name);
  }
});

lookTest("the browser is closed", noBrowser, async () => {
  await browser!.close();
  await Deno.remove(folder, { recursive: true });
});
