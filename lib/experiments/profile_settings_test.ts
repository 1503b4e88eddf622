import assert from "node:assert/strict";
import { profileSettings } from "./profile_settings.ts";

Deno.test("whoever changes the settings changes his own", () => {
  profileSettings("sample").learningRates.push(1);
  assert.deepEqual(profileSettings("sample").learningRates, [0.003]);
});
