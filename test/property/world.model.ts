/**
 * What becomes of leads when all five APIs work on them, as simply as it can be told: each step is done to Foyer and to the
 * model, and its answer compared with what the model says of it.
 */

import { v7 } from "uuid";
import { saveRoom } from "../../worker/services/save-room.ts";
import { type CrmTenant, post, somebody, timeAt } from "../contract/crm/v1.ts";
import { accept, decline, link } from "../contract/unsorted/v4.ts";
import { chat, visitorSaid } from "../support/chats.ts";
import { capture, type Edge, form, type Person, somebody as visitor } from "../support/edge.ts";
import { row, rows } from "../support/rows.ts";
import { asAdmin } from "../support/spam.ts";
import { type Opened, opened, visiting } from "../support/talks.ts";

export const VERBS = [
  ...["capture", "chat", "create", "talk"],
  ...["answer", "return", "hangUp"],
  ...["accept", "decline", "link", "pick", "unassign", "close", "reopen"],
  ...["edit", "stage", "delete", "note", "unnote", "meet", "unmeet", "purge"],
] as const;

export interface Step {
  verb: string;
  /** Which of the two tenants, which of its leads, which other one, and whom it concerns; 2: nobody. */
  side: number;
  target: number;
  other: number;
  agent: number;
}

export interface Known {
  id: number;
  uuid: string;
  uid: string | null;
  kind: "form" | "chat" | "colleague";
  name: string;
  email: string;
  state: "incoming" | "pending" | "assigned" | "closed" | "declined" | "linked" | "deleted";
  owner: Person | null;
  creator: Person | null;
  stage: string;
  notes: number[];
  meetings: number[];
  isPurged: boolean;
  /** The last room that went on with it, as the room's own object would know it. */
  room?: Opened;
}
type Outcome = [status: number, expected: number];

export const isWorked = ({ state }: Known): boolean => ["pending", "assigned", "closed"].includes(state);
export const isGone = ({ state }: Known): boolean => ["declined", "linked", "deleted"].includes(state);
export const slugOf = async ({ id }: Pick<Known, "id">): Promise<string> =>
  (await row<{ slug: string }>("SELECT slug FROM lead WHERE id = ?", id)).slug;

/** What a visitor says of themselves in a chat. */
function person(): { name: string; email: string } {
  const { first_name, last_name, email } = somebody() as { first_name: string; last_name: string; email: string };
  return { name: `${first_name} ${last_name}`, email };
}

/** Of whom a room has told: visitors' answers are data of the lead. */
export const isTalk = ({ room }: Known): boolean => room !== undefined;
/** What a visitor says reaches it: it was not sorted away, and still knows its person. */
const listens = (lead: Known): boolean => !isGone(lead) && !lead.isPurged;

const open = (lead: Known) => {
  lead.state = lead.owner === null ? "pending" : "assigned";
};

export class World {
  readonly leads: Known[] = [];
  #meetings = 0;
  readonly at: Edge;
  readonly to: CrmTenant;
  readonly chatForm: string;

  private constructor(at: Edge, to: CrmTenant, chatForm: string) {
    this.at = at;
    this.to = to;
    this.chatForm = chatForm;
  }

  static async of(at: Edge, to: CrmTenant): Promise<World> {
    return new World(at, to, await form(at, to.id, { mode: "chat" }));
  }

  /** Does the step to Foyer and to the model. @returns the answer's status and the expected one. */
  async take(step: Step): Promise<Outcome> {
    const user = [this.to.agent, this.to.otherAgent, null][step.agent] ?? null;
    if (step.verb === "talk") return this.#talk(v7());
    if (step.verb === "capture" || step.verb === "chat" || step.verb === "create") return this.#arrive(step.verb, user);
    const lead = this.leads[step.target % Math.max(1, this.leads.length)];
    const other = this.leads[step.other % Math.max(1, this.leads.length)];
    if (lead === undefined || other === undefined) return [0, 0];
    if (["accept", "decline", "link"].includes(step.verb)) return this.#sort(step.verb, lead, other, user);
    if (["pick", "unassign", "close", "reopen"].includes(step.verb)) return this.#handle(step.verb, lead, user);
    if (["answer", "return", "hangUp"].includes(step.verb)) return this.#converse(step.verb, lead);
    if (step.verb === "purge") {
      const answer = await asAdmin(this.at, this.to, "POST", "/purge", { lead_id: lead.uuid });
      const expected = lead.isPurged ? 0 : 1;
      lead.isPurged = true;
      return [(await answer.json<{ purged: number }>()).purged, expected];
    }
    return this.#work(step.verb, lead, user);
  }

  async #arrive(verb: "capture" | "chat" | "create", user: Person | null): Promise<Outcome> {
    const { at, to } = this;
    const base = {
      owner: null,
      creator: null,
      stage: "prospect",
      notes: [] as number[],
      meetings: [],
      isPurged: false,
    };
    if (verb === "capture") {
      const who = visitor() as { name: string; email: string };
      const answer = await capture(at, to.formId, { data: who });
      const { id: uuid } = await answer.json<{ id: string }>();
      const { id, uid } = await row<{ id: number; uid: string }>(
        "SELECT lead.id, uid FROM lead JOIN incoming_lead ON lead_id = lead.id WHERE uuid = ?",
        uuid,
      );
      this.leads.push({ ...base, id, uuid, uid, kind: "form", name: who.name, email: who.email, state: "incoming" });
      return [answer.status, 201];
    }
    const fields = somebody() as { first_name: string; last_name: string; email: string };
    const name = `${fields.first_name} ${fields.last_name}`;
    if (verb === "chat") {
      const contact = { name, first_name: fields.first_name, last_name: fields.last_name, email: fields.email };
      const { id, leadUuid: uuid, uid } = await chat(at, { ...to, formId: this.chatForm }, { contact });
      const [note] = await rows<{ id: number }>("SELECT id FROM note WHERE lead_id = ?", id);
      const notes = [note?.id as number];
      this.leads.push({ ...base, notes, id, uuid, uid, kind: "chat", name, email: fields.email, state: "incoming" });
      return [200, 200];
    }
    const answer = await post(at, to, "/leads/create/lead/", {
      ...fields,
      ...(user ? { assignee: user.username } : {}),
    });
    const { data } = await answer.json<{ data: { slug: string } }>();
    const { id, uuid } = await row<{ id: number; uuid: string }>("SELECT id, uuid FROM lead WHERE slug = ?", data.slug);
    const mine = { ...base, id, uuid, uid: null, kind: "colleague" as const, name, email: fields.email };
    this.leads.push({ ...mine, state: user ? "assigned" : "pending", owner: user, creator: to.admin });
    return [answer.status, 200];
  }

  /** A room of the visitor that gives a name and an address: a lead of its own, unless an earlier one of theirs waits. */
  async #talk(visitorId: string): Promise<Outcome> {
    const { at } = this;
    const waiting = this.leads.find(
      ({ room, state, isPurged }) => room?.visit.visitorId === visitorId && state === "incoming" && !isPurged,
    );
    const said = person();
    const room = (await opened(at, this.chatForm, visitorId)).next({ said });
    const { lead } = await saveRoom(visiting(at), room);
    const known = room.next({ version: room.version, lead: lead?.uuid ?? null, savedTalk: true });
    if (waiting) {
      Object.assign(waiting, { ...said, room: known });
      return [Number(lead?.uuid === waiting.uuid), 1];
    }
    const uuid = room.leadUuid;
    const { id, uid } = await row<{ id: number; uid: string }>(
      "SELECT lead.id, uid FROM lead JOIN incoming_lead ON lead_id = lead.id WHERE uuid = ?",
      uuid,
    );
    const none = { owner: null, creator: null, stage: "prospect", notes: [], meetings: [], isPurged: false };
    this.leads.push({ ...none, ...said, id, uuid, uid, kind: "chat", state: "incoming", room: known });
    return [Number(lead?.uuid === uuid), 1];
  }

  /** What a visitor does after it: another answer, another room, or the end. */
  async #converse(verb: string, lead: Known): Promise<Outcome> {
    const { room } = lead;
    if (!room) return [0, 0];
    if (verb === "return") return this.#talk(room.visit.visitorId ?? "");
    const { at } = this;
    const said = verb === "answer" ? person() : {};
    const end = { status: "closed" as const, closedAt: at.clock.now, transcript: visitorSaid("Bye") };
    const next = room.next({ said, savedTalk: verb !== "answer", ...(verb === "answer" ? {} : end) });
    const saved = await saveRoom(visiting(at), next);
    // A room that has ended, here or by a purge, takes nothing more.
    if (room.status !== "closed") {
      if (listens(lead)) Object.assign(lead, said);
      lead.room = next.next({ version: next.version, savedTalk: true });
    }
    // One that was linked has given its rooms to another.
    return lead.state === "linked" ? [0, 0] : [Number(saved.isEmptied), Number(lead.isPurged)];
  }

  async #sort(verb: string, lead: Known, other: Known, user: Person | null): Promise<Outcome> {
    const { at, to } = this;
    if (lead.uid === null) return [0, 0];
    const waits = lead.state === "incoming";
    if (verb === "accept") {
      const { status } = await accept(at, lead.uid, to.admin, user ? { user_id: user.user_id } : {});
      if (waits) {
        Object.assign(lead, user ? { owner: user, creator: user } : {});
        open(lead);
      }
      return [status, waits ? 200 : 404];
    }
    if (verb === "decline") {
      const { status } = await decline(at, lead.uid, to.admin);
      if (waits) lead.state = "declined";
      return [status, waits ? 200 : 404];
    }
    const { status } = await link(at, lead.uid, to.admin, { link: { entity_id: other.id, entity_type: "leads" } });
    if (!waits) return [status, 404];
    if (lead.kind !== "chat" || !isWorked(other) || other.isPurged) return [status, 400];
    other.notes.push(...lead.notes);
    Object.assign(lead, { state: "linked", notes: [] });
    return [status, 200];
  }

  async #handle(verb: string, lead: Known, user: Person | null): Promise<Outcome> {
    const { at, to } = this;
    const agent = user ?? to.agent;
    const asked: Record<string, object> = {
      pick: { assigned_user_id: agent.id },
      unassign: { assigned_user_id: null },
      close: { is_closed: true },
      reopen: { is_closed: false },
    };
    const path = `/api/v5/orgs/${to.id}/leads/${lead.uuid}`;
    const { status } = await at.send("PATCH", path, { token: to.admin.token, body: asked[verb] });
    if (isGone(lead)) return [status, 404];
    if (verb === "pick") lead.owner = agent;
    if (verb === "unassign") lead.owner = null;
    if (verb === "close") lead.state = "closed";
    else if (lead.state !== "closed" && (verb === "pick" || lead.state !== "incoming")) open(lead);
    else if (lead.state === "closed" && verb === "reopen") open(lead);
    return [status, 200];
  }

  /** What colleagues do in the CRM; nothing is said any more about whom a purge has emptied. */
  async #work(verb: string, lead: Known, user: Person | null): Promise<Outcome> {
    const { at, to } = this;
    const slug = await slugOf(lead);
    const canSay = isWorked(lead) && !lead.isPurged;
    if (verb === "edit" || verb === "stage") {
      const fields = somebody() as { first_name: string; last_name: string; email: string };
      const status = verb === "edit" ? undefined : user ? "potential" : "closed";
      const more = { ...(status ? { status } : {}), ...(verb === "edit" && user ? { assignee: user.username } : {}) };
      const answer = await post(at, to, "/leads/update/lead/", { slug, ...fields, ...more });
      if (!canSay) return [answer.status, 401];
      Object.assign(lead, { name: `${fields.first_name} ${fields.last_name}`, email: fields.email });
      if (verb === "edit" && user) lead.owner = user;
      if (status === "closed") lead.state = "closed";
      else if (status || lead.state !== "closed") open(lead);
      if (status === "potential") lead.stage = status;
      return [answer.status, 200];
    }
    if (verb === "delete") {
      const { status } = await post(at, to, "/leads/delete/lead/", { slug });
      if (!isWorked(lead)) return [status, 400];
      Object.assign(lead, { state: "deleted", meetings: [] });
      return [status, 200];
    }
    if (verb === "note") {
      const refusal = canSay ? null : isWorked(lead) ? 401 : 400;
      return this.#add(refusal, lead.notes, "note_id", "/leads/create/leadnote/", { slug, note: "Hm" });
    }
    if (verb === "meet") {
      this.#meetings += 1;
      const from = at.clock.now + this.#meetings * 7_200_000;
      const fields = { slug, appointment_date: timeAt(from), appointment_to: timeAt(from + 3_600_000) };
      const refusal = canSay && lead.state !== "closed" ? null : 400;
      return this.#add(refusal, lead.meetings, "appointment_id", "/leads/create/appointment/", fields);
    }
    const [ids, key, path] =
      verb === "unnote"
        ? ([lead.notes, "note_id", "/leads/delete/leadnote/"] as const)
        : ([lead.meetings, "appointment_id", "/leads/delete/appointment/"] as const);
    const [id] = ids;
    if (id === undefined) return [0, 0];
    const { status } = await post(at, to, path, { [key]: id });
    if (!isWorked(lead)) return [status, 400];
    ids.shift();
    return [status, 200];
  }

  /** @param refusal what it is answered where nothing may be added. */
  async #add(refusal: number | null, ids: number[], key: string, path: string, fields: object): Promise<Outcome> {
    const answer = await post(this.at, this.to, path, { ...fields });
    if (refusal !== null) return [answer.status, refusal];
    const { data } = await answer.json<{ data: Record<string, number> }>();
    ids.push(data[key] as number);
    return [answer.status, 200];
  }
}
