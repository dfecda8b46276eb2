/** What is true of incoming leads after anything that can happen to them, in the simplest words. */

export interface Known {
  uid: string;
  leadUuid: string;
  category: "sip" | "forms";
  pipelineId: number;
  /** Milliseconds since 1970, both. */
  createdAt: number;
  sortedAt: number | null;
  outcome: "accepted" | "declined" | null;
  hasOwner: boolean;
  isPurged: boolean;
}

export type Verb = "accept" | "decline" | "pick" | "purge";

/** Does the verb to what is known. @returns the status that the caller must get. */
export function sort(lead: Known, verb: Verb, now: number): number {
  if (verb === "purge") {
    lead.isPurged = true;
    return 200;
  }
  const waits = lead.outcome === null;
  if (!waits && (verb !== "pick" || lead.outcome === "declined" || lead.hasOwner)) return 404;
  if (waits) Object.assign(lead, { outcome: verb === "decline" ? "declined" : "accepted", sortedAt: now });
  if (verb === "pick") lead.hasOwner = true;
  return 200;
}

/** The uids of those that wait, newest first; the later of two equal ones is the newer. */
export const waiting = (leads: Known[]): string[] =>
  leads
    .filter(({ outcome }) => outcome === null)
    .toReversed()
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .map(({ uid }) => uid);

export interface Asked {
  uids?: string[];
  pipelineId?: number;
  /** Seconds since 1970, inclusive. */
  from?: number;
  to?: number;
}

export function recount(leads: Known[], { uids, pipelineId, from = 0, to = Number.POSITIVE_INFINITY }: Asked) {
  const within = (at: number | null) => at !== null && at >= from * 1000 && at < (to + 1) * 1000;
  const asked = leads.filter(
    (lead) => (uids?.includes(lead.uid) ?? true) && lead.pipelineId === (pipelineId ?? lead.pipelineId),
  );
  const came = asked.filter(({ createdAt }) => within(createdAt));
  const sorted = asked.filter(({ sortedAt }) => within(sortedAt));
  const seconds = sorted.map(({ createdAt, sortedAt }) => Math.floor(((sortedAt ?? 0) - createdAt) / 1000));
  const sum = seconds.reduce((total, each) => total + each, 0);
  const categories = (["sip", "forms"] as const)
    .map((category) => [category, { total: came.filter((lead) => lead.category === category).length }] as const)
    .filter(([, { total }]) => total > 0);
  return {
    total: came.length,
    accepted: sorted.filter(({ outcome }) => outcome === "accepted").length,
    declined: sorted.filter(({ outcome }) => outcome === "declined").length,
    average_sort_time: sorted.length === 0 ? 0 : Math.round(sum / sorted.length),
    categories: Object.fromEntries(categories),
  };
}

export const queryOf = ({ uids, pipelineId, from, to }: Asked): string =>
  `?${[
    ...(uids ?? []).map((uid) => `filter[uid][]=${uid}`),
    ...(pipelineId === undefined ? [] : [`filter[pipeline_id]=${pipelineId}`]),
    ...(from === undefined ? [] : [`filter[created_at][from]=${from}`]),
    ...(to === undefined ? [] : [`filter[created_at][to]=${to}`]),
  ].join("&")}`;
