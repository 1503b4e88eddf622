import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { smallDomain } from "../../tests/small_domain.ts";
import { findDomains, findSources } from "./find_domains.ts";
import { loadProfile } from "./profile.ts";
import { writeProcessedDomain } from "./processed/write_processed.ts";

/** Runs a test with the data sets `Small` and `Twin`. */
const withData = (test: (dataRoot: string) => Promise<void>) =>
  withTemporaryFolder(async (dataRoot) => {
    for (const name of ["Small", "Twin"]) {
      await writeProcessedDomain(`${dataRoot}/${name}`, { ...smallDomain(), name, features: null });
    }
    await test(dataRoot);
  });

const refused = (found: Promise<unknown>, message: RegExp) =>
  assert.rejects(found, { name: "ParameterError", message });

Deno.test("domains of the profile come first, others from the data root, in the order asked for", () =>
  withData(async (dataRoot) => {
    const sample = await loadProfile("sample");
    const found = await findDomains(sample, ["Small", "Hobbies"], "targetNames", { dataRoot });
    assert.equal(found[0].name, "Small");
    assert.equal(found[1], sample.sources[2]);
  }));

Deno.test("a wrong name is said by its parameter, with the profile's own domains and the data sets", () =>
  withData(async (dataRoot) => {
    const sample = await loadProfile("sample");
    const names = [...sample.sources, ...sample.targets].map(({ name }) => name);
    for (const wrong of ["Nowhere", "sample"]) {
      await refused(
        findDomains(sample, ["Market", wrong], "targetNames", { dataRoot }),
        new RegExp(`^targetNames: expected one of ${names.join(", ")}, Small, Twin, but found "${wrong}"`),
      );
    }
    const small = await loadProfile("Small", { dataRoot });
    await refused(
      findSources(small, ["Nope"], small.targets, { dataRoot }),
      /^sourceNames: expected one of Small, Twin, but found "Nope"/,
    );
  }));

Deno.test("no name, and a name given twice, are refused", () =>
  withData(async (dataRoot) => {
    const small = await loadProfile("Small", { dataRoot });
    await refused(findDomains(small, [], "targetNames", { dataRoot }), /^targetNames: .* found none/);
    await refused(
      findDomains(small, ["Small", "Small"], "targetNames", { dataRoot }),
      /^targetNames: .* found Small, Small/,
    );
    await refused(
      findSources(small, ["Twin", "Twin"], small.targets, { dataRoot }),
      /^sourceNames: .* found Twin, Twin/,
    );
  }));

Deno.test("sources are the profile's own where none are named", () =>
  withData(async (dataRoot) => {
    const sample = await loadProfile("sample");
    assert.deepEqual(await findSources(sample, null, sample.targets, { dataRoot }), sample.sources);
    const [twin, ...more] = await findSources(sample, ["Twin"], sample.targets, { dataRoot });
    assert.deepEqual([twin.name, more], ["Twin", []]);
  }));

Deno.test("a profile without sources of its own asks for them, by names that would do", () =>
  withData(async (dataRoot) => {
    const small = await loadProfile("Small", { dataRoot });
    for (const names of [null, []]) {
      await refused(
        findSources(small, names, small.targets, { dataRoot }),
        /^sourceNames: expected one or more data sets to pre-train on, .* found none\. Choose from Twin\. .*'sourceNames=\["Twin"\]'/,
      );
    }
  }));

Deno.test("where there is no other data set, one has to be put there", () =>
  withData(async (dataRoot) => {
    const small = await loadProfile("Small", { dataRoot });
    await Deno.remove(`${dataRoot}/Twin`, { recursive: true });
    await refused(findSources(small, null, small.targets, { dataRoot }), /found none\. Put another/);
  }));

Deno.test("a target is no source", () =>
  withData(async (dataRoot) => {
    const small = await loadProfile("Small", { dataRoot });
    await refused(
      findSources(small, ["Twin", "Small"], small.targets, { dataRoot }),
      /^sourceNames: .* but found Small, to which the results belong\. Choose from Twin\./,
    );
  }));
