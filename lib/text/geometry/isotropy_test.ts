import assert from "node:assert/strict";
import type { FeatureTable } from "../../data/domain.ts";
import { loadDomain } from "../../data/profile.ts";
import { createGenerator, normals } from "../../random.ts";
import { measureIsotropy } from "./isotropy.ts";
import { principalAxes } from "./principal_axes.ts";
import { createWhitening, whiten } from "./whitening.ts";

/** Makes rows with the given standard deviation in each column, around `mean` in every column. */
function tableOf(rows: number, deviations: number[], mean: number): FeatureTable {
  const width = deviations.length;
  const values = normals(createGenerator(3), rows * width).map((value, at) =>
    mean + value * deviations[at % width]
  );
  return { values, rows, width };
}

Deno.test("a common part of all rows raises the mean cosine and leaves the spectrum", () => {
  const deviations = [1, 1, 1, 1, 1, 1];
  const around = measureIsotropy(tableOf(2000, deviations, 0));
  const away = measureIsotropy(tableOf(2000, deviations, 3));
  assert.ok(Math.abs(around.meanCosine) < 0.01);
  assert.ok(Math.abs(away.meanCosine - 0.9) < 0.02); // 3² / (3² + 1)
  assert.ok(Math.abs(away.participationRatio - around.participationRatio) < 1e-3);
});

Deno.test("the participation ratio counts directions by their variance", () => {
  const { participationRatio } = measureIsotropy(tableOf(20_000, [2, 1, 1], 0));
  assert.ok(Math.abs(participationRatio - 36 / 18) < 0.05); // (4 + 1 + 1)² / (16 + 1 + 1)
});

Deno.test("squared singular values add up to the squares of the table less its mean row", () => {
  const { singularValues } = measureIsotropy({
    values: Float32Array.of(1, 0, 4, 2, 1, 4),
    rows: 3,
    width: 2,
  });
  // the means are 2 and 2, the squared differences 1 + 4 + 1 and 4 + 0 + 4
  const sum = singularValues.reduce((total, value) => total + value * value, 0);
  assert.ok(Math.abs(sum - 14) < 1e-9);
});

Deno.test("a whitened table varies as much in every direction", () => {
  const table = tableOf(300, [9, 5, 1, 0.1], 20);
  assert.ok(measureIsotropy(table).meanCosine > 0.9);
  const { participationRatio, meanCosine, singularValues } = measureIsotropy(
    whiten(table, createWhitening(principalAxes(table), 4)),
  );
  assert.ok(Math.abs(participationRatio - 4) < 1e-6);
  assert.ok(Math.abs(singularValues[0] / singularValues[3] - 1) < 1e-5);
  assert.ok(Math.abs(meanCosine) < 0.02);
});

Deno.test("rows without a direction are counted", () => {
  const { undirected } = measureIsotropy({ values: Float32Array.of(1, 0, 0, 0, 0, 1), rows: 3, width: 2 });
  assert.equal(undirected, 1);
});

Deno.test({
  name: "BERT's vectors of Scientific crowd into a cone, and Whitening-k spreads them evenly",
  ignore: !Deno.env.get("UNISREC_DATA"),
  async fn() {
    const features = (await loadDomain("Scientific")).features!;
    const axes = principalAxes(features);
    const before = measureIsotropy(features, axes);
    assert.ok(before.meanCosine > 0.8 && before.participationRatio < 0.05 * features.width);
    for (const k of [300, features.width]) {
      const after = measureIsotropy(whiten(features, createWhitening(axes, k)));
      assert.ok(Math.abs(after.meanCosine) < 1e-3);
      assert.ok(Math.abs(after.participationRatio - k) < 1e-6);
      assert.ok(after.singularValues[k - 1] / after.singularValues[0] > 1 - 1e-6);
    }
  },
});
