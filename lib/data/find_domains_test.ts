import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { smallDomain } from "../../tests/small_domain.ts";
import { findDomains } from "./find_domains.ts";
import { loadProfile } from "./profile.ts";
import { writeProcessedDomain } from "./write_processed.ts";

Deno.test("domains of the profile come first, others from the data root, in the order asked for", () =>
  withTemporaryFolder(async (dataRoot) => {
    await writeProcessedDomain(`${dataRoot}/Small`, { ...smallDomain(), features: null });
    const sample = await loadProfile("sample");
    const found = await findDomains(sample, ["Small", "Hobbies"], { dataRoot });
    assert.equal(found[0].name, "Small");
    assert.equal(found[1], sample.sources[2]);
    await assert.rejects(findDomains(sample, ["Nowhere"], { dataRoot }), {
      name: "ParameterError",
      message: /expected one of sample, Small, but found "Nowhere"/,
    });
  }));
