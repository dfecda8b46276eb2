/**
 * What each verb does to a lead in each state: the whole law of a lead's life, as one table.
 *
 *     intake    held --release--> incoming --accept--> pending     handling  pending --assign--> assigned --close--> closed
 *                └-drop             ├-decline-> declined                        ^---unassign---┘      ^---reopen----┘
 *                                   └-link----> linked
 *
 * A cell is the next state, or
 *   "open"    assigned where the lead has an owner after the change, else pending
 *   "intake"  incoming, or pending for a lead that another program processes and nobody sorts
 *   null      the lead cannot be seen by whoever would do this
 *   "gone"    it was sorted or deleted before
 * To meet is to agree on an appointment; nobody meets about what is done. A next state that is the present one is legal and no change of state: closing what is closed, editing, reassigning.
 */
import type { LeadState } from "./lead.ts";

export const LEAD_VERBS = [
  "release",
  "drop",
  "accept",
  "decline",
  "link",
  "assign",
  "unassign",
  "close",
  "reopen",
  "edit",
  "meet",
  "delete",
] as const;
export type LeadVerb = (typeof LEAD_VERBS)[number];

export type NextState = LeadState | "open" | "intake";
export type Cell = NextState | "gone" | null;

const sortedAway: Record<LeadVerb, Cell> = {
  release: null,
  drop: null,
  accept: "gone",
  decline: "gone",
  link: "gone",
  assign: "gone",
  unassign: "gone",
  close: "gone",
  reopen: "gone",
  edit: "gone",
  meet: "gone",
  delete: "gone",
};
const invisible: Record<LeadVerb, Cell> = {
  release: null,
  drop: null,
  accept: null,
  decline: null,
  link: null,
  assign: null,
  unassign: null,
  close: null,
  reopen: null,
  edit: null,
  meet: null,
  delete: null,
};
const sorted = { release: null, drop: null, accept: "gone", decline: "gone", link: "gone", delete: "deleted" } as const;

export const TRANSITIONS: Record<LeadState, Record<LeadVerb, Cell>> = {
  held: { ...invisible, release: "intake", drop: "dropped" },
  dropped: invisible,
  incoming: {
    release: null,
    drop: null,
    accept: "pending",
    decline: "declined",
    link: "linked",
    assign: "assigned",
    unassign: "incoming",
    // Closing what still waits accepts it in the same event.
    close: "closed",
    reopen: "incoming",
    edit: "incoming",
    meet: "incoming",
    delete: "deleted",
  },
  pending: {
    ...sorted,
    assign: "assigned",
    unassign: "pending",
    close: "closed",
    reopen: "pending",
    edit: "pending",
    meet: "pending",
  },
  assigned: {
    ...sorted,
    assign: "assigned",
    unassign: "pending",
    close: "closed",
    reopen: "assigned",
    edit: "assigned",
    meet: "assigned",
  },
  // A closed lead may change hands without being opened.
  closed: {
    ...sorted,
    assign: "closed",
    unassign: "closed",
    close: "closed",
    reopen: "open",
    edit: "closed",
    meet: "gone",
  },
  declined: sortedAway,
  linked: sortedAway,
  deleted: sortedAway,
};

/**
 * Several verbs in one change, in their order (a PATCH may assign and reopen at once).
 * @returns the last verb's cell; the first null or "gone" on the way ends it.
 */
export function nextState(state: LeadState, verbs: readonly LeadVerb[]): Cell {
  let at = state as Cell;
  for (const verb of verbs) {
    // Only reopening is owner-dependent, and it comes last: an open state is never left within one change.
    if (at === null || at === "gone") return at;
    at = TRANSITIONS[at === "open" || at === "intake" ? "pending" : at][verb];
  }
  return at;
}

/** The legal states of a change and where each leads: what the store binds as the guard of its statements. */
export function transitionMap(verbs: readonly LeadVerb[]): Partial<Record<LeadState, NextState>> {
  const map: Partial<Record<LeadState, NextState>> = {};
  for (const state of Object.keys(TRANSITIONS) as LeadState[]) {
    const next = nextState(state, verbs);
    if (next !== null && next !== "gone") map[state] = next;
  }
  return map;
}
