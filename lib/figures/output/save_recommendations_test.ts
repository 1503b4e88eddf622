import assert from "node:assert/strict";
import { join } from "node:path";
import { inFolder } from "../../data/test_helpers.ts";
import { saveRecommendations } from "./save_recommendations.ts";

Deno.test("recommendations are saved with ranks from 1, identifiers quoted where need be", () =>
  inFolder({}, async (root) => {
    const list = (...items: string[]) => items.map((item, at) => ({ item, index: 0, score: 1.5 - 2 * at }));
    const path = await saveRecommendations("mine", [list('a, "b"', "x"), list("x")], ["u", "v"], root);
    assert.equal(path, join(root, "mine", "recommendations.csv"));
    assert.equal(
      await Deno.readTextFile(path),
      'user,rank,item,score\nu,1,"a, ""b""",1.5\nu,2,x,-0.5\nv,1,x,1.5\n',
    );
  }));
