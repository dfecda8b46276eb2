/**
 * Every way in which a verb about leads may fail. Carries data, no words and no HTTP status: each dialect's `errors.ts`
 * is one exhaustive switch over `kind`, so that a new failure does not compile until every dialect has an answer to it.
 */
export interface FieldProblem {
  field: string;
  code: string;
}

export type LeadFailure =
  /** No such thing, or one of another tenant: the two look alike. */
  | { kind: "not-found" }
  /** The lead was sorted away or deleted; nothing changes it any more. */
  | { kind: "gone" }
  /** It is there, and this actor may not do this to it. */
  | { kind: "forbidden" }
  /** The change does not fit the state that the lead is in by now. */
  | { kind: "conflict" }
  /** The user to assign to is not an active one of the organization. */
  | { kind: "no-such-assignee"; userUuid: string }
  /** The visitor's earlier request still stands. */
  | { kind: "duplicate-lead" }
  /** Of several new leads, those whose twin stands in the store or in the same request. Nothing was written. */
  | { kind: "duplicates"; requestIds: string[] }
  | { kind: "invalid-fields"; problems: FieldProblem[] }
  /** The idempotency key was used before, for something else. */
  | { kind: "key-reused" }
  | { kind: "rate-limited"; retryAfterSeconds: number }
  /** A cursor that we did not make. */
  | { kind: "invalid-cursor" };
