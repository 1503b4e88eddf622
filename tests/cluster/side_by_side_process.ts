// Trains a list side by side, until it is killed: see side_by_side_test.ts.
import { trainList } from "../../lib/notebook/running/train_list.ts";

await trainList(Deno.args[0], 2, 1);
