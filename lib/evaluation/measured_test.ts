import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { createSasRec } from "../systems/sasrec/model.ts";
import { createUniSRec } from "../systems/unisrec/model.ts";
import { featuresFor, measure } from "./measured.ts";

const domain = smallDomain();
const features = domain.features!;
const items = domain.itemIds.length;
const model = createUniSRec(items, { ...smallSizes, featureSize: features.width });

Deno.test("each user counts the same in the means", () => {
  const { perUser, means } = measure(Int32Array.of(0, 2, 30, 70));
  assert.deepEqual([...perUser["Recall@10"]], [1, 1, 0, 0]);
  assert.equal(means["Recall@50"], 0.75);
  assert.equal(means["NDCG@10"], (1 + 0.5) / 4);
});

Deno.test("a model gets the features that it reads, and one that reads none gets none", () => {
  assert.equal(featuresFor(model, domain), features.values);
  assert.equal(featuresFor(createSasRec(items, smallSizes), domain), null);
});

Deno.test("features of another size, or with a row of zeros, are refused", () => {
  const refuse = (changed: typeof domain.features, message: RegExp) =>
    assert.throws(() => featuresFor(model, { name: "Toys", features: changed }), {
      name: "DataError",
      message,
    });
  refuse(null, /text features of Toys: expected 30 rows of 12 numbers.*found none/);
  refuse({ ...features, rows: 29 }, /found 29 rows of 12/);
  const zeros = features.values.slice().fill(0, 12, 24);
  refuse({ ...features, values: zeros }, /text features of Toys, row 1: .* zeros only/);
});
