import assert from "node:assert/strict";
import { packSequences } from "../data/domain.ts";
import { createBert4Rec } from "../systems/bert4rec/model.ts";
import { createSasRec } from "../systems/sasrec/model.ts";
import { createGenerator } from "../random.ts";
import { nextItemObjective } from "./next_item_objective.ts";

const sizes = { hiddenSize: 4, maxLength: 6 };
const made = (lists: number[][]) => ({ name: "Made", sequences: packSequences(lists), features: null });
const domain = made([[0, 1, 2, 3, 4], [4, 3, 2, 1], [1, 2]]);

Deno.test("an epoch predicts every next training item once, whole sequences or prefixes", () => {
  for (const instances of ["sequence", "prefix"] as const) {
    const { batches } = nextItemObjective(createSasRec(5, sizes), domain, { batchSize: 2, instances });
    const generator = createGenerator(1);
    const predicted = batches(generator).flatMap((
      { arrays, instances },
    ) => [...arrays(generator).targets.slice(0, instances)]);
    assert.deepEqual(predicted.sort(), [1, 2, 3]);
  }
});

Deno.test("what cannot be trained so is refused", () => {
  const settings = { batchSize: 2, instances: "sequence" as const };
  assert.throws(() => nextItemObjective(createSasRec(5, sizes), made([[0, 1, 2], [3]]), settings), {
    name: "DataError",
    message: /^training sequences of Made/,
  });
  assert.throws(() => nextItemObjective(createBert4Rec(5, sizes), domain, settings), {
    name: "ParameterError",
    message: /a model that predicts at the last item, such as SASRec, but found BERT4Rec.*clozeObjective/,
  });
});
