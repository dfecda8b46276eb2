/**
 * What was acknowledged, and so must be there whatever happens; and what was asked without an answer, which may be there or
 * not, but not by halves. Every lead has an id of the test's own, which its address holds.
 */
import type { Ask } from "../load/drive.ts";
import { emailOf } from "../load/visitors.ts";
import type { Books, LeadRow } from "./books.ts";
import { type Caller, Lost } from "./caller.ts";
import type { Chance } from "./chance.ts";
import type { Talk } from "./talks.ts";

export interface Standing {
  state: "incoming" | "pending" | "assigned" | "closed" | "declined";
  isOwned: boolean;
}
export interface KnownLead {
  id: string;
  /** As the dialects call it, each known from the first answer that tells it, or from the database after a kill. */
  uuid?: string;
  uid?: string;
  slug?: string;
  standing: Standing;
  /** Asked for, and not yet answered. */
  next: Standing | null;
  /** One hand at a time: whatever is refused is a failure of the test. */
  isBusy: boolean;
}

/** What colleagues have added to a lead. */
export interface Words {
  kind: "note" | "appointment";
  id: number;
  slug: string;
}

/** A request that may be sent again, with its key. */
interface Keyed {
  ask: Ask;
  /** The leads or the text that it would make. */
  makes: { leads: string[] } | { text: string };
  taken: (body: never) => void;
}

export class Ledger {
  readonly leads = new Map<string, KnownLead>();
  /** Notes and appointments, by their texts, each of its own. */
  readonly words = new Map<string, Words>();
  readonly talks: Talk[] = [];
  /** The last visitor who was told of their lead. */
  lastCapture: { ask: Ask; uuid: string } | null = null;
  #unanswered: Keyed[] = [];

  add(id: string, standing: Standing, names: Pick<KnownLead, "uuid" | "uid" | "slug">): void {
    this.leads.set(id, { id, standing, next: null, isBusy: false, ...names });
  }

  async send<T>(caller: Caller, keyed: Omit<Keyed, "taken"> & { taken: (body: T) => void }): Promise<void> {
    try {
      keyed.taken(await caller.ask<T>(keyed.ask));
    } catch (error) {
      if (error instanceof Lost) this.#unanswered.push(keyed);
      throw error;
    }
  }

  /** A change of a lead that nobody else works on. */
  async change(caller: Caller, lead: KnownLead, next: Standing, ask: Ask): Promise<void> {
    Object.assign(lead, { next, isBusy: true });
    await caller.ask(ask);
    Object.assign(lead, { standing: next, next: null, isBusy: false });
  }

  /** A lead of which that is so, and on which nobody works. */
  free(chance: Chance, fits: (lead: KnownLead) => unknown): KnownLead | undefined {
    return chance.one([...this.leads.values()].filter((lead) => !lead.isBusy && fits(lead)));
  }

  /**
   * Holds the ledger against the leads that stand after a kill, and then knows of each what became of it.
   * @returns what is not as it must be.
   */
  settle({ leads: rows, words }: Books): string[] {
    const wrong = [...this.words].flatMap(([text, { kind, id }]) =>
      words.get(`${kind} ${text}`) === id ? [] : [`${kind} ${id} is not there`],
    );
    for (const lead of this.leads.values()) {
      const row = rows.get(emailOf(lead.id));
      const problem = row === undefined ? "is not there" : mismatch(lead, row);
      if (problem) wrong.push(`${JSON.stringify(lead)} ${problem}: ${JSON.stringify(row)}`);
      if (row) Object.assign(lead, { ...namesOf(row), standing: standingOf(row), next: null, isBusy: false });
    }
    const accounted = new Set([...this.leads.keys(), ...this.talks.map(({ id }) => id)].map(emailOf));
    for (const { makes } of this.#unanswered) {
      if (!("leads" in makes)) continue;
      const emails = makes.leads.map(emailOf);
      const there = emails.filter((email) => rows.has(email)).length;
      if (there > 0 && there < emails.length) wrong.push(`${there} of ${emails.length} leads of one request`);
      for (const email of emails) accounted.add(email);
    }
    for (const email of rows.keys()) if (!accounted.has(email)) wrong.push(`${email} was never sent`);
    return wrong;
  }

  /** Those of whom nobody knows what became of them: some are sent again, and some given up. */
  async resend(caller: Caller, chance: Chance, { leads: rows }: Books): Promise<void> {
    for (const keyed of this.#unanswered.splice(0)) {
      if (chance.below(3) > 0) await this.send(caller, keyed as never);
      else if ("leads" in keyed.makes) this.#adopt(keyed.makes.leads, rows);
    }
  }

  /** What was stored without anybody having heard of it. */
  #adopt(ids: string[], rows: Map<string, LeadRow>): void {
    for (const id of ids) {
      const row = rows.get(emailOf(id));
      if (row) this.add(id, standingOf(row), namesOf(row));
    }
  }
}

const standingOf = ({ state, owner_id }: LeadRow): Standing => ({ state, isOwned: owner_id !== null });
const namesOf = ({ uuid, uid, slug }: LeadRow) => ({ uuid, slug, ...(uid === null ? {} : { uid }) });

function mismatch(lead: KnownLead, row: LeadRow): string | null {
  for (const name of ["uuid", "uid", "slug"] as const) {
    if (lead[name] !== undefined && lead[name] !== row[name]) return `has another ${name}`;
  }
  const stands = JSON.stringify(standingOf(row));
  const may = [lead.standing, ...(lead.next ? [lead.next] : [])];
  return may.some((one) => JSON.stringify(one) === stands) ? null : "is in another state";
}
