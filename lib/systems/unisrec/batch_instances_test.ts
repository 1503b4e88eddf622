import assert from "node:assert/strict";
import { smallDomain } from "../../../tests/small_domain.ts";
import { userCount } from "../../data/domain.ts";
import { firstInstances } from "./batch_instances.ts";

const domains = [
  { ...smallDomain(), name: "First" },
  { ...smallDomain({ items: 20, users: 80, seed: 8 }), name: "Second" },
];

Deno.test("the first instances are those of users of both domains, no more than asked for", () => {
  const instances = firstInstances(domains, { batchSize: 64, maxLength: 10, seed: 1 }, 40);
  assert.equal(instances.length, 40);
  for (const { user, domain } of instances) {
    assert.equal(domain, user < userCount(domains[0].sequences) ? "First" : "Second");
  }
  assert.equal(new Set(instances.map(({ domain }) => domain)).size, 2);
  assert.equal(firstInstances(domains, { batchSize: 16, maxLength: 10, seed: 1 }, 40).length <= 16, true);
});
