import assert from "node:assert/strict";
import { inFolder, smallDomain } from "../data/test_helpers.ts";
import { listArchives, packArchive, unpackArchive } from "./archives.ts";
import { describeTestUsers, readTestUsers } from "./kept_users.ts";

Deno.test("profiles with an archive are listed by name, others are not", () =>
  inFolder({}, async (folder) => {
    for (const profile of ["Toys", "Books", "Games"]) await Deno.mkdir(`${folder}/${profile}`);
    for (const profile of ["Toys", "Books"]) {
      await Deno.writeTextFile(`${folder}/${profile}/results.tar.gz`, "");
    }
    await Deno.writeTextFile(`${folder}/results.tar.gz`, "");
    assert.deepEqual(await listArchives(folder), ["Books", "Toys"]);
  }));

Deno.test("an archive that is none is an error with its name", () =>
  inFolder({ "results.tar.gz": "nothing" }, async (folder) => {
    await assert.rejects(unpackArchive(`${folder}/results.tar.gz`, folder), {
      name: "DataError",
      message: /results\.tar\.gz: expected a tar archive/,
    });
  }));

Deno.test("what is added to an archive comes beside what it holds, with its time and the users", () =>
  inFolder({}, async (folder) => {
    const [path, runs, unpacked] = ["results.tar.gz", "runs", "unpacked"].map((name) => `${folder}/${name}`);
    const experiments = `${runs}/experiments`;
    for (const made of [experiments, unpacked]) await Deno.mkdir(made, { recursive: true });
    const write = async (file: string, text: string, seconds: number) => {
      await Deno.writeTextFile(`${experiments}/${file}`, text);
      await Deno.utime(`${experiments}/${file}`, seconds, seconds);
    };
    await write("one.json", "1", 1e9);
    await write("other.json", "of another data set", 1e9);
    const users = describeTestUsers(smallDomain([[0, 1, 2]]));
    await packArchive(path, runs, ["one.json"], users);
    await Deno.remove(`${experiments}/one.json`);
    await write("two.json", "2", 1.1e9);
    await packArchive(path, runs, ["two.json"], null);

    await unpackArchive(path, unpacked);
    const files = (await Array.fromAsync(Deno.readDir(`${unpacked}/experiments`))).map(({ name }) => name)
      .sort();
    assert.deepEqual(files, ["one.json", "two.json"]);
    const times = await Promise.all(files.map((file) => Deno.stat(`${unpacked}/experiments/${file}`)));
    assert.deepEqual(times.map(({ mtime }) => Number(mtime)), [1e12, 1.1e12]);
    assert.deepEqual(await readTestUsers(unpacked, "Toys"), users);
  }));
