// A system that can be planned and never trained: the training that fails in side_by_side_test.ts.
import { findSystem } from "../../lib/systems/registry.ts";
import type { System } from "../../lib/systems/system.ts";

const sasrec = findSystem("SASRec", "system");

const failing: System = {
  ...sasrec,
  name: "Failing",
  async plan(target, options) {
    const plan = await sasrec.plan(target, options);
    return {
      async identify() {
        const { settings, code } = await plan.identify();
        return { settings: { ...settings, name: "Failing" }, code };
      },
      train: () => Promise.reject(new Error("this system cannot be trained")),
    };
  },
};

export default failing;
