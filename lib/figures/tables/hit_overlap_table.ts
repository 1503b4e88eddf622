import type { HitOverlap } from "../../studies/hit_overlap.ts";
import { showingItself, type Table } from "../output/table.ts";

const digits = 2;

/**
 * Makes a table of which test items two systems find both and which only one of them, in per cent of the users; its
 * file has their intervals, too.
 */
export function hitOverlapTable(caption: string, overlaps: readonly HitOverlap[]): Table {
  const percent = (value: number | null | undefined) => value == null ? null : 100 * value;
  const parts = ["both", "firstOnly", "secondOnly", "missed"] as const;
  const keys = [
    { name: "first", heading: "One system" },
    { name: "second", heading: "The other" },
    { name: "by", heading: "Users by" },
    { name: "group", heading: "Group" },
    { name: "users", heading: "Test users" },
  ];
  const keysOf = ({ first, second, by, group, users }: HitOverlap) => [first, second, by, group, users];
  return showingItself({
    caption,
    columns: [
      ...keys,
      { name: "both (%)", heading: "found by both (%)", digits },
      { name: "first only (%)", heading: "by the one only (%)", digits },
      { name: "second only (%)", heading: "by the other only (%)", digits },
      { name: "missed (%)", heading: "of the one's, the other misses (%)", digits: 0 },
    ],
    rows: overlaps.map((overlap) => [
      ...keysOf(overlap),
      ...parts.map((part) => percent(overlap[part].value)),
    ]),
    long: {
      columns: [
        ...keys,
        ...["both", "first only", "second only", "missed"].flatMap((part) =>
          ["", " low", " high"].map((end) => ({ name: `${part}${end} (%)`, heading: `${part}${end} (%)` }))
        ),
      ],
      rows: overlaps.map((overlap) => [
        ...keysOf(overlap),
        ...parts.flatMap((part) => {
          const { value, interval } = overlap[part];
          return [value, interval?.low, interval?.high].map(percent);
        }),
      ]),
    },
  });
}
