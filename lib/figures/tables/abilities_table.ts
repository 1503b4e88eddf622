import type { System } from "../../systems/system.ts";
import { showingItself, type Table } from "../output/table.ts";

const columns = [
  { name: "one_to_one", heading: "1 → 1" },
  { name: "many_to_many", heading: "M → N" },
  { name: "non_overlapping", heading: "Non-OL" },
  { name: "transductive", heading: "Transductive" },
  { name: "inductive", heading: "Inductive" },
];

/**
 * Makes Table 1: which transfer scenarios and settings each method is for.
 *
 * Where the paper's mark is another one, it stands in brackets.
 *
 * @param paper the paper's marks by method and column, from `paperAbilities`
 */
export function abilitiesTable(
  methods: readonly Pick<System, "name" | "abilities">[],
  paper: Readonly<Record<string, Record<string, boolean>>>,
): Table {
  const sign = (can: boolean) => can ? "✓" : "✗";
  return showingItself({
    caption:
      "Table 1: transfer scenarios (from one source to one target, from many to many, without overlapping " +
      "users or items) and settings (items known by ID, items known by text) of each method. The paper's mark stands " +
      "in brackets where it is another one.",
    columns: [{ name: "method", heading: "Method" }, ...columns],
    rows: methods.map(({ name, abilities: { sources, withoutOverlap, transductive, inductive } }) => {
      const marks = [sources !== "none", sources === "many", withoutOverlap, transductive, inductive];
      return [
        name,
        ...marks.map((can, i) => {
          const theirs = paper[name]?.[columns[i].name] ?? can;
          return theirs === can ? sign(can) : `${sign(can)} (${sign(theirs)})`;
        }),
      ];
    }),
  });
}
