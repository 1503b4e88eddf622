import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import type { OrderEffect } from "../../studies/order.ts";
import { orderTable } from "../tables/order_table.ts";
import { plotOrder } from "./order.ts";

const effect = (system: string, shuffled: OrderEffect["shuffled"], value: number): OrderEffect => ({
  system,
  shuffled,
  metric: "NDCG@10",
  mean: { value, interval: { low: value / 2, high: 2 * value } },
  change: value / 0.1 - 1,
  test: shuffled === "nowhere" ? null : { difference: value - 0.1, p: 0.25, pairs: 9 },
});
const effects = [
  effect("SASRec", "nowhere", 0.1),
  effect("SASRec", "in both", 0.05),
  effect("Neighbours", "nowhere", 0.1),
  effect("Neighbours", "in both", 0.1),
];

Deno.test("each system has a panel on the same scale, with a dot for each way to shuffle", () => {
  const parsed = new DOMParser().parseFromString(plotOrder(effects), "image/svg+xml");
  const panels = [...parsed.querySelectorAll("svg > svg")];
  const dots = panels.map((panel) =>
    [...panel.querySelectorAll("[aria-label=dot] circle")].map((dot) => Number(dot.getAttribute("cx")))
  );
  assert.equal(panels.length, 2);
  assert.equal(dots[0][0], dots[1][0]);
  assert.ok(dots[0][1] < dots[0][0] && dots[1][1] === dots[1][0]);
  const texts = [...parsed.querySelectorAll("text")].map((text) => text.textContent);
  for (const text of ["SASRec: NDCG@10 →", "Neighbours: NDCG@10 →", "in both"]) {
    assert.ok(texts.includes(text), text);
  }
});

Deno.test("the table leaves a gap where histories in order would be compared with themselves", () => {
  const { rows, columns } = orderTable("Order", effects);
  assert.deepEqual(rows[0], ["SASRec", "nowhere", "NDCG@10", 0.1, 0.05, 0.2, null, null]);
  assert.deepEqual(rows[1], ["SASRec", "in both", "NDCG@10", 0.05, 0.025, 0.1, -50, 0.25]);
  assert.equal(columns.length, rows[0].length);
});
