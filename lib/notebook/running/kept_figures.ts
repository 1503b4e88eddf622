import { DataError } from "../../errors.ts";
import { metricPerUser } from "../../evaluation/metrics.ts";
import type { MeasuredSetting } from "../../experiments/select.ts";
import type { TestUsers } from "../../experiments/kept_users.ts";
import type { Table } from "../../figures/output/table.ts";
import { plotHitOverlap } from "../../figures/plots/hit_overlap.ts";
import { plotLongTail } from "../../figures/plots/long_tail.ts";
import { hitOverlapTable } from "../../figures/tables/hit_overlap_table.ts";
import { longTailTable } from "../../figures/tables/long_tail_table.ts";
import { compareGroups } from "../../studies/group_comparison.ts";
import { overlapHits } from "../../studies/hit_overlap.ts";
import { allGroupings, groupBoundaries, popularityGroups } from "../../studies/popularity_groups.ts";

const metric = "Recall@10";
/** Of the bootstrap, as notebook 8 has it. */
const seed = 1;
/** What notebook 8 compares, sums beside them. */
const inFigure4 = ["SASRec", "FDSA", "ZESRec", "UniSRec t", "UniSRec t+ID", "Neighbours"];

/**
 * Makes Figure 4 and the overlap of hits of kept results and what is kept of the test users: no data are needed.
 *
 * @param chosen on the users' data set; of several seeds the first is shown, as in notebook 8
 * @param systemOf the systems' names in Table 3, by their names in `chosen`
 * @returns by the names of notebook 8's files; what lacks a system is left out
 * @throws {DataError} if results are of other users
 */
export function figuresOfResults(
  chosen: readonly MeasuredSetting[],
  systemOf: ReadonlyMap<string, string>,
  users: TestUsers,
): { tables: Record<string, Table>; figures: Record<string, string> } {
  const perUser = chosen.map(({ system, results: [{ ranks }] }) => {
    if (ranks.test.length !== users.popularity.length) {
      throw new DataError({
        where: `results of ${system} on ${users.dataset}`,
        expected: `ranks of ${users.popularity.length} users, as are kept beside them`,
        found: String(ranks.test.length),
        advice: "The data have changed: make the archive anew.",
      });
    }
    return { model: system, values: metricPerUser(ranks.test, metric) };
  });
  const of = (name: string) => perUser.filter(({ model }) => systemOf.get(model) === name);
  const tables: Record<string, Table> = {};
  const figures: Record<string, string> = {};

  const shown = perUser.filter(({ model }) => {
    const system = systemOf.get(model)!;
    return inFigure4.includes(system) || system.includes(" + ");
  });
  const [baseline] = of("SASRec");
  if (baseline && shown.length > 1) {
    const groups = popularityGroups(users, groupBoundaries(users));
    const compared = compareGroups(groups, shown, baseline.model, seed);
    const caption =
      `${metric} on ${users.dataset} by popularity of the test item, with 95 % bootstrap intervals`;
    tables["table-figure-4"] = longTailTable(caption, compared, metric, baseline.model);
    figures["figure-4"] = plotLongTail(compared, metric, baseline.model);
  }

  const pairs = of("Neighbours").flatMap((counting) =>
    ["SASRec", "UniSRec t"].flatMap((name) => of(name).slice(0, 1)).map((network) => [counting, network])
  );
  if (pairs.length > 0) {
    const groupings = allGroupings(users);
    const overlaps = pairs.flatMap(([one, other]) => overlapHits(groupings, one, other, seed));
    const caption = `Test items of ${users.dataset} among the first ten of two systems`;
    tables["table-hit-overlap"] = hitOverlapTable(caption, overlaps);
    figures["figure-hit-overlap"] = plotHitOverlap(overlaps, metric);
  }
  return { tables, figures };
}
