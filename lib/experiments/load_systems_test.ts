import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { systems } from "../systems/registry.ts";
import { chooseSystems, loadSystems } from "./load_systems.ts";

const abilities = { sources: "none", withoutOverlap: false, transductive: true, inductive: false };
const own = (name: string) =>
  `export default { name: "${name}", abilities: ${JSON.stringify(abilities)},
    reads: { features: false, words: false }, varies: [], plan() {}, open() {} };`;

Deno.test("a system is a module's default export", () =>
  withTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/mine.ts`, own("Mine"));
    const [system] = await loadSystems([`${folder}/mine.ts`]);
    assert.deepEqual([system.name, system.abilities], ["Mine", abilities]);
  }));

Deno.test("a file that gives no system of its own is refused by its path", () =>
  withTemporaryFolder(async (folder) => {
    const faults: [string, RegExp][] = [
      ["export const a = 1;", /a system as the default export, but found no default export/],
      ["export default 5;", /a system as the default export, but found 5/],
      ["export default { name: 'A' };", /a system as the default export/],
      [own("SASRec"), /a name of its own, but found "SASRec"/],
      ["export default {", /a module that can be loaded/],
    ];
    for (const [at, [text, message]] of faults.entries()) {
      const file = `${folder}/own_${at}.ts`;
      await Deno.writeTextFile(file, text);
      await assert.rejects(loadSystems([file]), (error: Error) => {
        assert.equal(error.name, "ParameterError");
        assert.match(error.message, message);
        return error.message.startsWith(`systemFiles, ${file}`);
      });
    }
    await assert.rejects(loadSystems([`${folder}/none.ts`]), { name: "ParameterError" });
    await Deno.writeTextFile(`${folder}/one.ts`, own("One"));
    await Deno.writeTextFile(`${folder}/two.ts`, own("One"));
    await assert.rejects(loadSystems([`${folder}/one.ts`, `${folder}/two.ts`]), /found "One"/);
  }));

Deno.test("systems are chosen by their names, and a name that is none is refused", () => {
  const names = (chosen: readonly { name: string }[]) => chosen.map(({ name }) => name);
  assert.deepEqual(names(chooseSystems(systems, ["FDSA", "SASRec"])), ["SASRec", "FDSA"]);
  assert.equal(chooseSystems(systems, null), systems);
  assert.throws(() => chooseSystems(systems, ["SASRec", "GRU5Rec"]), /^ParameterError: systemNames: /);
});
