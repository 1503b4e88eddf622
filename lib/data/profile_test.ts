import assert from "node:assert/strict";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { DataError, ParameterError } from "../errors.ts";
import { findDomains } from "./find_domains.ts";
import { checkProfile, datasetNames, loadDomain, loadProfile } from "./profile.ts";
import { inFolder, listen, rejects, smallDomain } from "./test_helpers.ts";
import { writeProcessedDomain } from "./processed/write_processed.ts";

const letters = ["A", "B", "C", "D", "E"];
const onlineRetail = ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate"]
  .concat(letters.flatMap((user) => letters.map((item) => `${user},${item},item ${item},1,12/1/2010 8:26`)));
const ratings = letters.flatMap((user) => letters.map((item) => `${item},${user},5.0,7`));
const ownItems = ["item,text", ...letters.map((item) => `${item},item ${item}`)];
const ownInteractions = ["user,item,time"]
  .concat(letters.flatMap((user) => letters.map((item) => `${user},${item},2024-01-02`)));
const metadata = letters.map((asin) => JSON.stringify({ asin, title: `item ${asin}` }));

async function withData(run: (options: { dataRoot: string; cacheRoot: string }) => Promise<void>) {
  await inFolder({}, async (folder) => {
    const dataRoot = `${folder}/raw`;
    await writeProcessedDomain(`${dataRoot}/Toys`, smallDomain([[0, 1, 2]]));
    for (const name of ["Shop", "Amazon", "Own", "Strange", "Double"]) {
      await Deno.mkdir(`${dataRoot}/${name}`);
    }
    await Deno.writeTextFile(`${dataRoot}/Shop/data.csv`, onlineRetail.join("\n"));
    await Deno.writeFile(`${dataRoot}/Amazon/Toys.csv.gz`, gzipSync(ratings.join("\n")));
    await Deno.writeFile(`${dataRoot}/Amazon/meta_Toys.json.gz`, gzipSync(metadata.join("\n")));
    await Deno.writeTextFile(`${dataRoot}/Own/items.csv`, ownItems.join("\n"));
    await Deno.writeTextFile(`${dataRoot}/Own/interactions.csv`, ownInteractions.join("\n"));
    await Deno.writeTextFile(`${dataRoot}/Strange/notes.txt`, "hello");
    for (const name of ["a.csv", "b.csv", "meta_a.json"]) {
      await Deno.writeTextFile(`${dataRoot}/Double/${name}`, "");
    }
    await run({ dataRoot, cacheRoot: `${folder}/processed` });
  });
}

Deno.test("the sample needs no files", async () => {
  const { name, sources, targets } = await loadProfile("sample", { dataRoot: "/nowhere" });
  assert.deepEqual([name, sources.length, targets.length], ["sample", 3, 3]);
});

Deno.test("a folder's files tell how it is read, and only what was made of raw files is kept", () =>
  withData(async (options) => {
    await listen(async () => {
      for (const [name, users] of [["Toys", 1], ["Shop", 5], ["Amazon", 5], ["Own", 5]] as const) {
        const first = await loadProfile(name, options);
        assert.deepEqual([first.name, first.sources], [name, []]);
        assert.deepEqual(first.targets.map((domain) => [domain.name, domain.userIds.length]), [[
          name,
          users,
        ]]);
        assert.deepEqual(await loadProfile(name, options), first);
      }
    });
    const kept = [...Deno.readDirSync(options.cacheRoot)].map((entry) =>
      entry.name.replace(/-[0-9a-f]{16}$/, "")
    );
    assert.deepEqual(kept.sort(), ["Amazon", "Own", "Shop"]);
  }));

Deno.test("an unknown profile is an error that lists the known ones and where they are", () =>
  withData(async (options) => {
    for (const name of ["Tyos", "../raw/Toys", ""]) {
      await rejects(
        loadProfile(name, options),
        ParameterError,
        /^profile: .*sample, Amazon, Double, Own, Shop, Strange, Toys,/,
      );
    }
    await rejects(
      loadProfile("Toys", { dataRoot: "/nowhere" }),
      ParameterError,
      /one of sample, .* under \/nowhere/,
    );
  }));

Deno.test("a relative UNISREC_DATA counts from the project's root, wherever the program runs", () =>
  withData(async ({ dataRoot, cacheRoot }) => {
    const [variable, folder] = [Deno.env.get("UNISREC_DATA"), Deno.cwd()];
    Deno.env.set("UNISREC_DATA", relative(fileURLToPath(new URL("../..", import.meta.url)), dataRoot));
    Deno.chdir(dataRoot);
    try {
      assert.equal((await loadProfile("Toys", { cacheRoot })).name, "Toys");
      await rejects(loadProfile("Tyos", { cacheRoot }), ParameterError, new RegExp(`under ${dataRoot},`));
    } finally {
      Deno.chdir(folder);
      if (variable === undefined) Deno.env.delete("UNISREC_DATA");
      else Deno.env.set("UNISREC_DATA", variable);
    }
  }));

Deno.test("a folder whose name cannot name outputs is an error before it is read", () =>
  withData(async (options) => {
    for (const name of ["My Shop", "Café", "-"]) {
      await Deno.mkdir(`${options.dataRoot}/${name}`);
      await rejects(
        loadProfile(name, options),
        ParameterError,
        new RegExp(`^${options.dataRoot}/${name}: expected a plain name .* rename the data set's folder`),
      );
    }
  }));

Deno.test("a folder of unknown or ambiguous files is an error that names them", () =>
  withData(async (options) => {
    await rejects(loadProfile("Strange", options), DataError, /Strange: expected .* found notes\.txt/);
    await rejects(
      loadProfile("Double", options),
      DataError,
      /Double: expected .* found a\.csv, b\.csv, meta_a\.json/,
    );
  }));

Deno.test("one domain is chosen by its name, the first target by default", async () => {
  const { targets } = await loadProfile("sample");
  assert.deepEqual(await loadDomain("sample"), targets[0]);
  assert.equal((await loadDomain("sample", "Household")).name, "Household");
  await rejects(
    loadDomain("sample", "Atlantis"),
    ParameterError,
    /^dataset: expected one of Studio, Market, Gifts, Outdoors/,
  );
});

Deno.test("a data root that is no folder, or may not be read, is named; the sample does not need it", () =>
  inFolder({ "data": "a file" }, async (folder) => {
    const dataRoot = `${folder}/data`;
    await checkProfile("sample", { dataRoot });
    const { targets } = await loadProfile("sample", { dataRoot });
    const found = await findDomains({ name: "sample", sources: [], targets }, [targets[0].name], "dataset", {
      dataRoot,
    });
    assert.deepEqual(found, [targets[0]]);
    const message =
      /the data root .*data: expected a folder that may be read, but found a file\. Set UNISREC_DATA/;
    await rejects(loadProfile("Toys", { dataRoot }), ParameterError, message);
    await rejects(datasetNames({ dataRoot }), ParameterError, message);

    const { readDir } = Deno;
    Deno.readDir = () => {
      throw new Deno.errors.PermissionDenied("Permission denied (os error 13)");
    };
    try {
      await rejects(loadProfile("Toys", { dataRoot: folder }), ParameterError, /Permission denied/);
      await checkProfile("sample", { dataRoot: folder });
    } finally {
      Deno.readDir = readDir;
    }
  }));
