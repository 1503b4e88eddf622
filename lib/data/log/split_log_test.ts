import assert from "node:assert/strict";
import fc from "fast-check";
import { DataError, ParameterError } from "../../errors.ts";
import { type Domain, sequenceOf } from "../domain.ts";
import { loadProfile } from "../profile.ts";
import type { SplitChoice } from "../split_choice.ts";
import { historyOf, targetOf, usersOf } from "../split.ts";
import { splitStatistics } from "../statistics.ts";
import { listen, rejects } from "../test_helpers.ts";
import { type Interactions, numberIds } from "./interactions.ts";
import { makeDomain, type RawData } from "./raw_data.ts";

type Event = [user: string, item: string, day: number];

const dayLength = 86_400_000;
const first = Date.parse("2024-05-01");

function logOf(events: readonly Event[]): Interactions {
  const users = numberIds(events.map(([user]) => user)), items = numberIds(events.map(([, item]) => item));
  return {
    userIds: users.ids,
    itemIds: items.ids,
    users: users.codes,
    items: items.codes,
    times: Float64Array.from(events, ([, , day]) => first + (day - 1) * dayLength),
  };
}

function rawOf(events: readonly Event[]): RawData {
  const report = { path: "log.csv", encoding: "UTF-8", rows: events.length, skipped: [] } as const;
  return { interactions: logOf(events), report: { ...report, skipped: [] }, readTexts: null };
}

const five = [0, 1, 2, 3, 4];
/** Five users who each take five items, one a day. */
const core = five.flatMap((user) =>
  five.map((step): Event => [`u${user}`, `i${(user + step) % 5}`, 1 + step])
);
const later: Event[] = [
  ["u0", "i0", 6],
  ["u0", "new1", 7],
  ["u0", "i2", 8],
  ["u0", "i3", 9],
  ["u1", "new2", 9],
  ["u2", "i3", 7],
  ["late", "new1", 7], // came later, with a history before the test
  ["late", "i4", 9],
  ["lone", "new2", 9], // came later, and has nothing before the test item
  ["two", "i0", 8],
  ["two", "i1", 9],
];
const rare: Event[] = [
  ["rare", "i0", 1], // a user and an item too rare before the split: what they did later stays out
  ["u0", "old", 2],
  ["rare", "i1", 7],
  ["u1", "old", 8],
];
const split: SplitChoice = { validFrom: "2024-05-06", testFrom: "2024-05-08" };

const namesOf = ({ itemIds }: Domain, items: Int32Array) => Array.from(items, (item) => itemIds[item]);
/** Returns history and target of each user who is asked in a part. */
function asked(domain: Domain, part: "valid" | "test") {
  const { sequences, userIds, itemIds } = domain;
  return Object.fromEntries(
    Array.from(usersOf(sequences, part), (user) => [userIds[user], [
      namesOf(domain, historyOf(sequences, user, part)).join(" "),
      itemIds[targetOf(sequences, user, part)],
    ]]),
  );
}

Deno.test("a log is split by time: who trains, who is asked for what, after which history", async () => {
  const said: string[] = [];
  const domain = await makeDomain(
    rawOf([...rare, ...later, ...core]),
    "Toys",
    (line) => said.push(line),
    null,
    split,
  );
  assert.deepEqual(domain.userIds.toSorted(), ["late", "u0", "u1", "u2", "u3", "u4"]);
  assert.deepEqual(domain.itemIds.toSorted(), ["i0", "i1", "i2", "i3", "i4", "new1", "new2"]);
  assert.deepEqual(asked(domain, "valid"), {
    u0: ["i0 i1 i2 i3 i4", "i0"],
    u2: ["i2 i3 i4 i0 i1", "i3"],
  });
  assert.deepEqual(asked(domain, "test"), {
    u0: ["i0 i1 i2 i3 i4 i0 new1", "i2"],
    u1: ["i1 i2 i3 i4 i0", "new2"],
    late: ["new1", "i4"],
  });
  assert.deepEqual(namesOf(domain, sequenceOf(domain.sequences, domain.userIds.indexOf("u0"))).slice(-2), [
    "i2",
    "i3",
  ]);
  assert.deepEqual(splitStatistics(domain), {
    name: "by time, valid from 2024-05-06, test from 2024-05-08",
    trainUsers: 5,
    validUsers: 2,
    testUsers: 3,
    laterItems: 2,
    laterTargets: 1,
  });
  assert.deepEqual(said, [
    "log.csv: 40 rows, of which 4 outside the 5-core of what came before 2024-05-06 and 3 of users who came later " +
    "and cannot be tested were left out.",
    "Toys: split by time, valid from 2024-05-06, test from 2024-05-08: of 6 users 5 train, 2 validate and 3 test; " +
    "2 of 7 items came later, the test items of 1 user among them: only their texts can lead there.",
  ]);
});

Deno.test("nothing that came later decides who trains on what, in which order and under which numbers", async () => {
  const users = fc.constantFrom("u0", "u1", "u2", "u3", "u4", "late", "other", "near");
  const anyLater = fc.array(
    fc.tuple(
      users,
      fc.constantFrom("i0", "i1", "i4", "near", "new1", "new2", "new3"),
      fc.integer({ min: 6, max: 12 }),
    ),
    { maxLength: 30 },
  );
  // at one moment, to be shuffled
  const before = core.map(([user, item]): Event => [user, item, 1]);
  // a user and an item that what comes later would bring into a core of everything
  for (const item of ["i0", "i1", "i2", "i3"]) before.push(["near", item, 1]);
  for (const user of ["u0", "u1", "u2", "u3"]) before.push([user, "near", 1]);
  const needed: Event[] = [["u0", "i0", 6], ["u0", "i1", 13]];
  await fc.assert(
    fc.asyncProperty(anyLater, anyLater, async (one, other) => {
      const [first, second] = await Promise.all(
        [one, other].map((events) =>
          makeDomain(rawOf([...events, ...before, ...needed]), "Toys", () => {}, null, split)
        ),
      );
      for (const user of five) {
        assert.equal(first.userIds[user], second.userIds[user]);
        assert.equal(first.itemIds[user], second.itemIds[user]);
        assert.deepEqual(
          historyOf(first.sequences, user, "train"),
          historyOf(second.sequences, user, "train"),
        );
      }
      for (const { sequences, userIds } of [first, second]) {
        for (let user = 5; user < userIds.length; user++) assert.equal(sequences.split!.trainEnds[user], 0);
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("items without a text do not make a user or an item known, and go before the core is made", async () => {
  const texts = new Map(["i0", "i1", "i2", "i3", "new1", "new2"].map((id) => [id, id]));
  const events = [...core, ...five.map((user): Event => [`u${user}`, "i0", 2.5]), ...later];
  const raw: RawData = { ...rawOf(events), readTexts: () => Promise.resolve({ texts, report: null }) };
  const domain = await makeDomain(raw, "Toys", () => {}, null, split);
  assert.deepEqual(domain.itemIds.toSorted(), ["i0", "i1", "i2", "i3", "new1", "new2"]);
  assert.deepEqual(domain.userIds.toSorted(), ["u0", "u1", "u2", "u3", "u4"]);
});

Deno.test("a split that leaves nobody to train, validate or test is an error that says so", async () => {
  const make = (events: Event[]) => makeDomain(rawOf(events), "Toys", () => {}, null, split);
  await rejects(
    make([...core.slice(1), ...later, ["late", "new2", 9]]),
    DataError,
    /expected users who train on two items or more/,
  );
  await rejects(
    make([...core, ["late", "i0", 6], ["late", "i1", 9]]),
    DataError,
    /expected users who have an item to validate on, but found none \(from 2024-05-06 on they validate/,
  );
});

/** Runs a test with a data root that holds data sets as folders of files. */
async function withData(
  files: Record<string, string>,
  run: (options: { dataRoot: string; cacheRoot: string }) => Promise<unknown>,
) {
  const dataRoot = await Deno.makeTempDir();
  try {
    for (const [path, content] of Object.entries(files)) {
      await Deno.mkdir(`${dataRoot}/${path.split("/")[0]}`, { recursive: true });
      await Deno.writeTextFile(`${dataRoot}/${path}`, content);
    }
    await listen(async () => await run({ dataRoot, cacheRoot: `${dataRoot}/processed` }));
  } finally {
    await Deno.remove(dataRoot, { recursive: true });
  }
}

Deno.test("data sets of several formats are split at the same moments to the same parts", async () => {
  const events = [...rare, ...core, ...later];
  const iso = (day: number) => new Date(first + (day - 1) * dayLength).toISOString().slice(0, 19);
  const seconds = (day: number) => (first + (day - 1) * dayLength) / 1000;
  const lines = (line: (event: Event) => string) => events.map((event) => `${line(event)}\n`).join("");
  const items = [...new Set(events.map(([, item]) => item))].map((item) => `${item},a ${item}\n`).join("");
  await withData({
    "Shop/interactions.csv": `user,item,time\n${lines(([user, item, day]) => `${user},${item},${iso(day)}`)}`,
    "Shop/items.csv": `item,text\n${items}`,
    "Ratings/ratings.csv": `userId,movieId,rating,timestamp\n${
      lines(([user, item, day]) => `${user},${item},5,${seconds(day)}`)
    }`,
    "Atomic/Atomic.inter": `user_id:token\titem_id:token\ttimestamp:float\n${
      lines(([user, item, day]) => `${user}\t${item}\t${seconds(day)}.0`)
    }`,
  }, async (options) => {
    for (const name of ["Shop", "Ratings", "Atomic"]) {
      for (let round = 0; round < 2; round++) {
        const { targets: [domain] } = await loadProfile(name, { ...options, split });
        assert.deepEqual(asked(domain, "test").late, ["new1", "i4"], name);
        assert.deepEqual(asked(domain, "valid").u2, ["i2 i3 i4 i0 i1", "i3"], name);
      }
      // what is kept of leave-one-out is not mistaken for it, nor the other way round
      const { targets: [domain] } = await loadProfile(name, options);
      assert.equal(domain.sequences.split, undefined);
      const { targets: [again] } = await loadProfile(name, { ...options, split });
      assert.ok(again.sequences.split);
    }
  });
});

Deno.test("data without times, and the sample, cannot be split by time", async () => {
  const header = "user_id:token\titem_id_list:token_seq\titem_id:token\n";
  const files = {
    "Made/Made.train.inter": `${header}0\t0\t1\n`,
    "Made/Made.valid.inter": `${header}0\t0 1\t2\n`,
    "Made/Made.test.inter": `${header}0\t0 1 2\t3\n`,
  };
  await withData(files, async (options) => {
    await rejects(
      loadProfile("Made", { ...options, split }),
      DataError,
      /Made: expected interactions with times, .* but found UniSRec's processed files: sequences without times/,
    );
    assert.equal((await loadProfile("Made", { ...options, split: "leave-one-out" })).targets.length, 1);
  });
  await rejects(
    loadProfile("sample", { split }),
    ParameterError,
    /^split: expected leave-one-out, as sample has no/,
  );
  await rejects(
    loadProfile("sample", { split: "time" as SplitChoice }),
    ParameterError,
    /^split: expected a way to split, but found "time"/,
  );
});
