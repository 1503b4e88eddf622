import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

/** Where Debian and others install it. */
const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Returns the path of an installed Chromium, or null. */
export function findChromium(): string | null {
  return places.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  }) ?? null;
}

/** Starts the browser; it has to be closed. */
export function startBrowser(path: string): Promise<Browser> {
  // in a container there is neither a sandbox nor much shared memory
  return chromium.launch({ executablePath: path, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/**
 * Opens a page of a file and looks at it.
 *
 * @param look returns what is wrong, a line each
 * @returns that, and what the page wrote to the console as an error
 */
export async function lookAt(
  browser: Browser,
  path: string,
  look: (page: Page) => Promise<string[]>,
  colorScheme: "light" | "dark" = "light",
): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, colorScheme });
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  try {
    await page.goto(`file://${path}`);
    faults.push(...await look(page));
  } finally {
    await page.close();
  }
  return faults;
}

/** Names what reaches beyond the right edge of a screen and does not scroll in a box of its own. */
export async function overflowing(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 900 });
  const faults: string[] = await page.evaluate(`(() => {
    const faults = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push("the page is " + scrollWidth + " wide");
    // in code, spaces at a line's end hang over the edge, where nobody sees them; letters would widen the page
    for (const element of document.querySelectorAll("main *")) {
      if (element.closest(".scroll, .katex, svg, pre *, details:not([open]) > :not(summary)")) continue;
      const { right, width } = element.getBoundingClientRect();
      if (width > 0 && right > innerWidth + 1) {
        faults.push(element.tagName + " reaches to " + Math.round(right) + ": " + element.textContent.slice(0, 40));
      }
    }
    return faults.slice(0, 5);
  })()`);
  return faults.map((fault) => `at ${width} pixels ${fault}`);
}

/** Names letters of formulas that are not drawn, or with a font of the machine: that may not be there elsewhere. */
export async function formulaFaults(page: Page): Promise<string[]> {
  await page.evaluate("document.fonts.ready.then(() => null)");
  // elements that hold letters themselves; KaTeX's zero-width spaces are nothing to see
  await page.evaluate(`for (const one of document.querySelectorAll(".katex-html *")) {
    const own = [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("");
    if (/[^\\s\\u200b]/.test(own)) one.setAttribute("data-letters", own);
  }`);
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeIds } = await session.send("DOM.querySelectorAll", {
    nodeId: root.nodeId,
    selector: "[data-letters]",
  });
  const letters = await page.evaluate(
    `[...document.querySelectorAll("[data-letters]")].map((one) => one.dataset.letters)`,
  ) as string[];
  const faults: string[] = [];
  for (const [at, nodeId] of nodeIds.entries()) {
    const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
    if (fonts.length === 0) faults.push(`not drawn: ${letters[at]}`);
    for (const { familyName, isCustomFont } of fonts) {
      if (!isCustomFont) faults.push(`${familyName} for ${letters[at]}`);
    }
  }
  const errors = await page.evaluate(`document.querySelectorAll(".katex-error").length`);
  return errors === 0 ? faults : [...faults, `${errors} formulas cannot be read`];
}

/** Names what keeps people with other senses or devices from reading the page, as far as axe-core calls it serious. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8"));
  const { violations } = await page.evaluate("axe.run()") as AxeResults;
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)).join(" · ")}`
    );
}
