/**
 * What a million of each operation costs at list prices, of the rows that SCHEMA.md says and tests hold it to. Not in it:
 * CPU time, storage, objects' requests, and whatever a plan includes.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/paths.ts";
import type { Part } from "./part.ts";

/** US dollars, as listed in October 2026. */
export const PRICES = {
  asOf: "2026-10",
  millionRowsRead: 0.001,
  millionRowsWritten: 1,
  millionRequests: 0.3,
  millionObjectRequests: 0.15,
  gigabyteMonth: 0.75,
  millionCpuMs: 0.02,
  millionQueueOperations: 0.4,
};

interface Cost {
  name: string;
  roundTrips: number;
  rowsRead: number;
  rowsWritten: number;
}

/** @throws where the page has no such table. */
export function declaredCosts(): Cost[] {
  const page = readFileSync(join(ROOT, "worker", "store", "SCHEMA.md"), "utf8");
  const rows = [
    ...(page.split("\n## Costs\n")[1] ?? "").matchAll(/^\| `(.+?)` \| (\d+) \| \d+ \| (\d+) \| (\d+) \|$/gm),
  ];
  if (rows.length === 0) throw new Error("SCHEMA.md has no costs.");
  return rows.map(([, name = "", ...figures]) => {
    const [roundTrips = 0, rowsRead = 0, rowsWritten = 0] = figures.map(Number);
    return { name, roundTrips, rowsRead, rowsWritten };
  });
}

export const costs: Part = async () => ({
  tables: [
    {
      title: "a million of each, in US dollars",
      notes: [
        `Prices of ${PRICES.asOf}, a million each: rows read ${PRICES.millionRowsRead}, rows written ${PRICES.millionRowsWritten}, requests ${PRICES.millionRequests}.`,
        `Warm, without CPU time, storage, and what a plan includes. Who makes a lead while somebody listens, or sorts one, also tells its organization's inbox: one object's request each (${PRICES.millionObjectRequests} a million).`,
      ],
      rows: declaredCosts().map(({ name, roundTrips, rowsRead, rowsWritten }) => {
        const rows = rowsRead * PRICES.millionRowsRead + rowsWritten * PRICES.millionRowsWritten;
        const money = { rows: rows.toFixed(2), whole: (rows + PRICES.millionRequests).toFixed(2) };
        return {
          operation: name,
          "round trips": roundTrips,
          "rows read": rowsRead,
          "rows written": rowsWritten,
          ...money,
        };
      }),
    },
  ],
  goals: [],
});
