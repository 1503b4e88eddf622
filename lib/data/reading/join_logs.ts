import { createIdIndex } from "../log/id_index.ts";
import type { Log } from "./read_log.ts";

/** Puts logs together, one after the other, such as the parts of a split. */
export function joinLogs(logs: readonly Log[]): Log {
  if (logs.length === 1) return logs[0];
  const [userIndex, itemIndex] = [createIdIndex(), createIdIndex()];
  const rows = logs.reduce((sum, { interactions }) => sum + interactions.users.length, 0);
  const users = new Int32Array(rows), items = new Int32Array(rows), times = new Float64Array(rows);
  let at = 0;
  for (const { interactions } of logs) {
    const userNumbers = interactions.userIds.map(userIndex.numberOf);
    const itemNumbers = interactions.itemIds.map(itemIndex.numberOf);
    users.set(interactions.users.map((user) => userNumbers[user]), at);
    items.set(interactions.items.map((item) => itemNumbers[item]), at);
    times.set(interactions.times, at);
    at += interactions.users.length;
  }
  const [{ report }] = logs;
  return {
    interactions: { userIds: userIndex.ids, itemIds: itemIndex.ids, users, items, times },
    report: {
      ...report,
      path: logs.map(({ report }) => report.path).join(", "),
      rows: logs.reduce((sum, { report }) => sum + report.rows, 0),
      skipped: report.skipped.map(({ reason }, i) => ({
        reason,
        rows: logs.reduce((sum, { report }) => sum + report.skipped[i].rows, 0),
      })),
    },
  };
}
