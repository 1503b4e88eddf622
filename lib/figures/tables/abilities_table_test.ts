import assert from "node:assert/strict";
import { abilitiesTable } from "./abilities_table.ts";
import { paperAbilities } from "../paper.ts";

Deno.test("Table 1 shows what methods can do, and where the paper has another mark", async () => {
  const abilities = { sources: "many", withoutOverlap: true, transductive: false, inductive: true } as const;
  const { rows } = abilitiesTable(
    [{ name: "ZESRec", abilities }, { name: "Mine", abilities: { ...abilities, sources: "none" } }],
    await paperAbilities(),
  );
  assert.deepEqual(rows, [
    ["ZESRec", "✓", "✓ (✗)", "✓", "✗", "✓"],
    ["Mine", "✗", "✗", "✓", "✗", "✓"],
  ]);
});
