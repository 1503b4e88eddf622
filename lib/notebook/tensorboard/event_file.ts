import protobuf from "protobufjs/light.js";

/** The part of TensorFlow's event.proto and summary.proto that scalars need. */
const schema = protobuf.Root.fromJSON({
  nested: {
    Event: {
      fields: {
        wallTime: { type: "double", id: 1 },
        step: { type: "int64", id: 2 },
        fileVersion: { type: "string", id: 3 },
        summary: { type: "Summary", id: 5 },
      },
    },
    Summary: { fields: { value: { rule: "repeated", type: "Value", id: 1 } } },
    Value: { fields: { tag: { type: "string", id: 1 }, simpleValue: { type: "float", id: 2 } } },
  },
});
const event = schema.lookupType("Event");

/** What was measured after a step. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  time: number;
  step: number;
  /** By tag, for example `loss`. */
  values: Readonly<Record<string, number>>;
}

/**
 * Writes measurements as a file of events that TensorBoard reads: records of protocol buffers, each with its length and
 * checksums.
 */
export function eventFile(events: readonly ScalarEvent[]): Uint8Array<ArrayBuffer> {
  const first = { wallTime: events[0]?.time ?? 0, fileVersion: "brain.Event:2" };
  const records = events.map(({ time, step, values }) => ({
    wallTime: time,
    step,
    summary: { value: Object.entries(values).map(([tag, simpleValue]) => ({ tag, simpleValue })) },
  }));
  const framed = [first, ...records].map((record) => frame(event.encode(record).finish()));
  const bytes = new Uint8Array(framed.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const record of framed) {
    bytes.set(record, at);
    at += record.length;
  }
  return bytes;
}

/** TFRecord: length, its checksum, the data, their checksum. */
function frame(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(data.length + 16);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(record.subarray(0, 8)), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(data), true);
  return record;
}

/** A checksum of data that hold checksums is of little use: so those in files are turned and shifted. */
function maskedChecksum(data: Uint8Array): number {
  const checksum = crc32c(data);
  return ((checksum >>> 15 | checksum << 17) + 0xa282ead8) >>> 0;
}

/** Castagnoli's polynomial, bits reversed. */
const polynomial = 0x82f63b78;
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? value >>> 1 ^ polynomial : value >>> 1;
  return value;
});

/** Returns the CRC-32C of bytes; Node and the Web have the other CRC-32 only. */
export function crc32c(data: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of data) value = table[(value ^ byte) & 0xff] ^ value >>> 8;
  return (value ^ 0xffffffff) >>> 0;
}
