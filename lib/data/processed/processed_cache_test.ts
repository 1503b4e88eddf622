import assert from "node:assert/strict";
import { StorageError } from "../../errors.ts";
import { cached } from "./processed_cache.ts";
import { inFolder, listen, smallDomain } from "../test_helpers.ts";
import { writeProcessedDomain } from "./write_processed.ts";

const domain = smallDomain([[0, 1, 2], [2, 1, 0, 2]]);
const folders = (root: string) => [...Deno.readDirSync(root)].map(({ name }) => name);

Deno.test("what was made once is read the next time, until an input changes", () =>
  inFolder({ "raw.csv": "first" }, async (folder) => {
    let made = 0;
    const load = () =>
      cached(`${folder}/cache`, "Toys", [`${folder}/raw.csv`], {}, () => Promise.resolve((made++, domain)));
    assert.deepEqual(await load(), domain);
    assert.deepEqual(await load(), domain);
    assert.equal(made, 1);
    // the same size and, on a coarse clock, the same date
    await Deno.writeTextFile(`${folder}/raw.csv`, "other");
    await load();
    assert.equal(made, 2);
    assert.equal(folders(`${folder}/cache`).length, 2);
  }));

Deno.test("what was left out is said every time, once more where an older version kept no report", () =>
  inFolder({ "raw.csv": "first" }, async (folder) => {
    const lines = ["raw.csv: 3 rows, of which 1 repeated was left out.", "zwölf"];
    const said = () =>
      listen(() =>
        cached(`${folder}/cache`, "Toys", [`${folder}/raw.csv`], {}, (say) => {
          lines.forEach(say);
          return Promise.resolve(domain);
        })
      );
    assert.deepEqual([await said(), await said()], [lines, lines]);
    const [whole] = folders(`${folder}/cache`);
    await Deno.remove(`${folder}/cache/${whole}/Toys.report`);
    assert.deepEqual([await said(), await said()], [lines, lines]);
    assert.deepEqual(folders(`${folder}/cache`), [whole]);
  }));

Deno.test("a run that fails leaves nothing that the next one would take for whole", () =>
  inFolder({ "raw.csv": "first" }, async (folder) => {
    const load = (make: () => Promise<typeof domain>) =>
      cached(`${folder}/cache`, "Toys", [`${folder}/raw.csv`], {}, make);
    await assert.rejects(load(() => Promise.reject(new Error("interrupted"))), /interrupted/);
    await assert.rejects(load(() => Promise.resolve({ ...domain, itemIds: ["a\tb", "c", "d"] })));
    assert.deepEqual(folders(`${folder}/cache`), []);
    assert.deepEqual(await load(() => Promise.resolve(domain)), domain);
  }));

Deno.test("two runs at once both get the domain", () =>
  inFolder({ "raw.csv": "first" }, async (folder) => {
    const load = () =>
      cached(`${folder}/cache`, "Toys", [`${folder}/raw.csv`], {}, () => Promise.resolve(domain));
    assert.deepEqual(await Promise.all([load(), load()]), [domain, domain]);
    assert.equal(folders(`${folder}/cache`).length, 1);
  }));

Deno.test("a folder under a temporary name is not taken for a whole one", () =>
  inFolder({ "raw.csv": "first" }, async (folder) => {
    const load = (changed: typeof domain) =>
      cached(`${folder}/cache`, "Toys", [`${folder}/raw.csv`], {}, () => Promise.resolve(changed));
    await load(domain);
    const [whole] = folders(`${folder}/cache`);
    await Deno.remove(`${folder}/cache/${whole}`, { recursive: true });
    // what a killed process leaves behind
    await writeProcessedDomain(`${folder}/cache/${whole}.killed.tmp`, domain);
    const other = smallDomain([[0, 0, 0]]);
    assert.deepEqual(await load(other), other);
  }));

Deno.test("where nothing can be kept, that is said before anything is made", () =>
  inFolder({ "raw.csv": "first" }, async (folder) => {
    let made = 0;
    const load = () =>
      cached(`${folder}/cache`, "Toys", [`${folder}/raw.csv`], {}, () => Promise.resolve((made++, domain)));
    const { writeFileSync } = Deno;
    Deno.writeFileSync = () => {
      throw Object.assign(new Error(), { code: "EROFS" });
    };
    try {
      await assert.rejects(load(), StorageError);
      assert.equal(made, 0);
    } finally {
      Deno.writeFileSync = writeFileSync;
    }
    await load();
    Deno.writeFileSync = () => {
      throw Object.assign(new Error(), { code: "EROFS" });
    };
    try {
      assert.deepEqual(await load(), domain); // reading needs no right to write
    } finally {
      Deno.writeFileSync = writeFileSync;
    }
  }));
