/** The one form of a list of leads, whatever a dialect's own grammar says. */

/** Which list: everything that is not held, what nobody picked, one user's, or what is worked on or closed. */
export type LeadView =
  | { kind: "organization" }
  | { kind: "pending" }
  | { kind: "assigned"; userId: number }
  | { kind: "worked" };

/** A place between two leads, in the order of (receivedAt, id). */
export interface Keyset {
  at: number;
  id: number;
}

export interface LeadQuery {
  view: LeadView;
  /** Only leads that another program processes, or only those that people do; undefined: both. */
  isProcessable?: boolean;
  order: "ascending" | "descending";
  limit: number;
  /** Start after this place, in the list's order. */
  after?: Keyset;
  /** End before this place, in the list's order. Not together with `after`. */
  before?: Keyset;
}

export interface LeadPage<T> {
  items: T[];
  hasNext: boolean;
  hasPrevious: boolean;
}
