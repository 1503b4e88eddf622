import assert from "node:assert/strict";
import protobuf from "protobufjs";
import { crc32c, eventFile } from "./event_file.ts";

Deno.test("CRC-32C gives the check value of its definition", () => {
  assert.equal(crc32c(new TextEncoder().encode("123456789")), 0xe3069283);
});

Deno.test("an empty file of events begins with the bytes that TensorFlow writes", () => {
  // length 24, its masked checksum, wall time 0, version
  const bytes = eventFile([]);
  const version = new TextEncoder().encode("brain.Event:2");
  const view = new DataView(bytes.buffer);
  const length = Number(view.getBigUint64(0, true));
  assert.equal(bytes.length, length + 16);
  assert.deepEqual(bytes.subarray(12 + length - version.length, 12 + length), version);
});

Deno.test("scalars come back from their records, whose checksums are right", () => {
  const bytes = eventFile([
    { time: 1.5, step: 0, values: { loss: 6.25, "valid/NDCG@10": 0.5 } },
    { time: 2.5, step: 1, values: { loss: 5.75 } },
  ]);
  // read with a schema of one's own, as another program has
  const { root } = protobuf.parse(`syntax = "proto3";
    message Value { string tag = 1; float simple_value = 2; }
    message Summary { repeated Value value = 1; }
    message Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }`);
  const event = root.lookupType("Event");
  const unmask = (value: number) => {
    const turned = (value - 0xa282ead8) >>> 0;
    return (turned >>> 17 | turned << 15) >>> 0;
  };
  const view = new DataView(bytes.buffer);
  const found = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(view.getBigUint64(at, true));
    assert.equal(unmask(view.getUint32(at + 8, true)), crc32c(bytes.subarray(at, at + 8)));
    const data = bytes.subarray(at + 12, at + 12 + length);
    assert.equal(unmask(view.getUint32(at + 12 + length, true)), crc32c(data));
    found.push(event.toObject(event.decode(data), { longs: Number }));
    at += length + 16;
  }
  assert.deepEqual(found, [
    { fileVersion: "brain.Event:2", wallTime: 1.5 },
    {
      wallTime: 1.5, // and step 0, which is not written
      summary: { value: [{ tag: "loss", simpleValue: 6.25 }, { tag: "valid/NDCG@10", simpleValue: 0.5 }] },
    },
    { wallTime: 2.5, step: 1, summary: { value: [{ tag: "loss", simpleValue: 5.75 }] } },
  ]);
});
