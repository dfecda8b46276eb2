/** What should become of leads, as simply as it can be told: the model that the property test holds Foyer against. */
import { capture, type Edge, somebody, type Tenant } from "../support/edge.ts";
import { asAdmin, drop, release } from "../support/spam.ts";

export const VERBS = [
  "capture",
  "suspect",
  "repeat",
  "pick",
  "unassign",
  "close",
  "reopen",
  "release",
  "drop",
  "purge",
] as const;
export interface Step {
  verb: (typeof VERBS)[number];
  /** Which of the two tenants, which of its leads, and which of its agents. */
  side: number;
  target: number;
  agent: number;
}

interface Told {
  id: string;
  who: Record<string, string>;
  state: "held" | "dropped" | "incoming" | "pending" | "assigned" | "closed";
  owner: string | null;
  purged: boolean;
}

/** One tenant's leads, as they should be, oldest first. */
export class Story {
  readonly leads: Told[] = [];
  readonly #at: Edge;
  readonly to: Tenant;

  constructor(at: Edge, to: Tenant) {
    this.#at = at;
    this.to = to;
  }

  get listed(): Told[] {
    return this.leads.filter(({ state }) => state !== "held" && state !== "dropped");
  }

  /** Does the step to Foyer and to the model. @returns both answers' statuses. */
  async take(step: Step): Promise<[status: number, expected: number]> {
    const { verb } = step;
    if (verb === "capture" || verb === "suspect") return this.#arrive(somebody(), verb === "suspect");
    const lead = this.leads[step.target % Math.max(1, this.leads.length)];
    if (lead === undefined) return [0, 0];
    if (verb === "repeat") return this.#arrive(lead.who, false);
    if (verb === "release" || verb === "drop") return this.#sort(lead, verb);
    if (verb === "purge") return this.#purge(lead);
    const agents = [this.to.agent.id, this.to.otherAgent.id];
    return this.#change(lead, verb, agents[step.agent % 2] as string);
  }

  /** Whether somebody's request stands in the way of the same again. */
  #stands(who: Told["who"]): boolean {
    return this.leads.some((lead) => lead.who === who && lead.state === "incoming" && !lead.purged);
  }

  async #arrive(who: Told["who"], isHeld: boolean): Promise<[number, number]> {
    const refused = !isHeld && this.#stands(who);
    const body = { visitor_id: who.email, data: who, elapsed_ms: isHeld ? 1 : 9_000 };
    const answer = await capture(this.#at, this.to.formId, body);
    if (refused) return [answer.status, 409];
    const { id } = await answer.json<{ id: string }>();
    this.leads.push({ id, who, state: isHeld ? "held" : "incoming", owner: null, purged: false });
    return [answer.status, 201];
  }

  async #sort(lead: Told, verb: "release" | "drop"): Promise<[number, number]> {
    const { status } = await (verb === "release" ? release : drop)(this.#at, this.to, lead.id);
    if (lead.state !== "held") return [status, 404];
    if (verb === "drop") {
      Object.assign(lead, { state: "dropped", purged: true });
      return [status, 204];
    }
    if (!lead.purged && this.#stands(lead.who)) return [status, 409];
    lead.state = "incoming";
    return [status, 200];
  }

  async #purge(lead: Told): Promise<[number, number]> {
    const answer = await asAdmin(this.#at, this.to, "POST", "/purge", { lead_id: lead.id });
    const { purged } = await answer.json<{ purged: number }>();
    const expected = lead.purged ? 0 : 1;
    lead.purged = true;
    return [purged, expected];
  }

  async #change(lead: Told, verb: "pick" | "unassign" | "close" | "reopen", agent: string): Promise<[number, number]> {
    const asked = {
      pick: { assigned_user_id: agent },
      unassign: { assigned_user_id: null },
      close: { is_closed: true },
      reopen: { is_closed: false },
    };
    const path = `/api/v5/orgs/${this.to.id}/leads/${lead.id}`;
    const { status } = await this.#at.send("PATCH", path, { token: this.to.admin.token, body: asked[verb] });
    if (lead.state === "held" || lead.state === "dropped") return [status, 404];
    if (verb === "pick") lead.owner = agent;
    if (verb === "unassign") lead.owner = null;
    if (verb === "close") lead.state = "closed";
    else if (verb === "pick" && lead.state !== "closed") lead.state = "assigned";
    else if (verb === "unassign" && lead.state === "assigned") lead.state = "pending";
    else if (verb === "reopen" && lead.state === "closed") lead.state = lead.owner === null ? "pending" : "assigned";
    return [status, 200];
  }
}
