import assert from "node:assert/strict";
import { defaultAdaptorConfig } from "./moe_adaptor.ts";
import { defaultEncoderConfig } from "./transformer_encoder.ts";
import { checkAdaptorConfig, checkEncoderConfig } from "./check_config.ts";

Deno.test("the reference's sizes pass, and so does training without dropout", () => {
  checkEncoderConfig(1, defaultEncoderConfig);
  checkEncoderConfig(1, { ...defaultEncoderConfig, dropout: 0 });
  checkAdaptorConfig(defaultAdaptorConfig);
  checkAdaptorConfig({ ...defaultAdaptorConfig, experts: 1, whitening: "linear", adaptorDropout: 0 });
});

Deno.test("every size of the encoder has to be a positive integer, and is named if it is not", () => {
  for (const size of ["hiddenSize", "innerSize", "layers", "heads", "maxLength"] as const) {
    for (const value of [0, -1, 1.5, NaN, Infinity]) {
      assert.throws(() => checkEncoderConfig(5, { ...defaultEncoderConfig, [size]: value }), {
        name: "ParameterError",
        message: new RegExp(`^${size}: expected a positive integer, but found ${value}`),
      });
    }
  }
});

Deno.test("a dropout rate is at least 0 and below 1", () => {
  for (const value of [-0.1, 1, 2, NaN]) {
    assert.throws(() => checkEncoderConfig(5, { ...defaultEncoderConfig, dropout: value }), {
      name: "ParameterError",
      message: /^dropout: expected a probability/,
    });
    assert.throws(() => checkAdaptorConfig({ ...defaultAdaptorConfig, adaptorDropout: value }), {
      name: "ParameterError",
      message: /^adaptorDropout: expected a probability/,
    });
  }
});

Deno.test("the heads share the hidden size evenly", () => {
  assert.throws(() => checkEncoderConfig(5, { ...defaultEncoderConfig, hiddenSize: 64, heads: 3 }), {
    name: "ParameterError",
    message: /^hiddenSize: expected a multiple of the number of heads, 3, but found 64/,
  });
});

Deno.test("the adaptor's sizes and its kind of whitening are checked", () => {
  for (const size of ["featureSize", "experts"] as const) {
    assert.throws(() => checkAdaptorConfig({ ...defaultAdaptorConfig, [size]: 2.5 }), {
      name: "ParameterError",
      message: new RegExp(`^${size}: expected a positive integer, but found 2.5`),
    });
  }
  // as a notebook's parameters cell could set it
  const whitening = "none" as "linear";
  assert.throws(() => checkAdaptorConfig({ ...defaultAdaptorConfig, whitening }), {
    name: "ParameterError",
    message: /^whitening: expected "parametric" or "linear", but found "none"/,
  });
});
