/** A capture's own batch, the very same that the product commits, for those who write it without the product around it. */
import { countRates, insertIdempotency, insertLeads } from "../../worker/store/capture.ts";
import { anyListener } from "../../worker/store/listening.ts";
import type { Rows } from "./visitors.ts";

type Statements = ReturnType<typeof insertLeads>;

/** In the product's order: a replay is refused before a rate before a duplicate. */
export const captureBatch = (
  db: Parameters<typeof insertLeads>[0],
  organizationId: number,
  { leads, rates, key }: Rows,
): Statements => [
  anyListener(db, organizationId),
  insertIdempotency(db, organizationId, key),
  countRates(db, organizationId, rates),
  ...insertLeads(db, organizationId, leads, { kind: "visitor", id: null }),
];
