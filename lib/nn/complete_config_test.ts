import assert from "node:assert/strict";
import { completeConfig } from "./complete_config.ts";

Deno.test("what is given as undefined is refused by the model, not taken for the default", () => {
  const config: { featureSize?: number } = { featureSize: undefined };
  assert.deepEqual(completeConfig<{ featureSize?: number }>({ featureSize: 768 }, config), config);
});

Deno.test("the defaults stay as they are", () => {
  const defaults = { heads: 2 };
  completeConfig(defaults, { heads: 4 });
  assert.deepEqual(defaults, { heads: 2 });
});
