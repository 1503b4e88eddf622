import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { brokenLinks } from "./broken_links.ts";

Deno.test("links that lead to no file, or to no place on a page, are found", () =>
  withTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/a`);
    await Deno.mkdir(`${folder}/a b`);
    await Deno.writeTextFile(`${folder}/a b/index.html`, `<a href="../index.html#here">1</a>`);
    await Deno.writeTextFile(`${folder}/a/picture.svg`, "");
    await Deno.writeTextFile(
      `${folder}/index.html`,
      `<h1 id="here">A</h1><a href="a%20b/">1</a><a href="#here">2</a><a href="https://example.org/x">3</a>
      <img alt="" src="a/picture.svg"><script>const html = '<a href="nothing">';</script>`,
    );
    assert.deepEqual(await brokenLinks(folder), []);
    await Deno.writeTextFile(
      `${folder}/a/page.html`,
      `<a href="picture.png">1</a><a href="../index.html#there">2</a><img src="../../index.html">`,
    );
    assert.deepEqual(await brokenLinks(folder), [
      { page: "a/page.html", target: "picture.png" },
      { page: "a/page.html", target: "../index.html#there" },
      { page: "a/page.html", target: "../../index.html" },
    ]);
  }));
