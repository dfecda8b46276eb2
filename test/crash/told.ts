/** What callers are told after a restart, held against what was acknowledged. Each finds what is not as it must be. */
import { emailOf } from "../load/visitors.ts";
import { readTalks, type TalkRow } from "./books.ts";
import type { KnownLead, Ledger } from "./ledger.ts";
import { type At, get } from "./people.ts";
import { exchange, hasEmail, hasLead, isOver, type Talk } from "./talks.ts";

const A_LOOK = 6;

/** Every lead with its state, through the v5 API, and whether it waits, through the v4 API. */
export async function leadsTold(at: At): Promise<string[]> {
  const [told, waiting] = await Promise.all([everyLead(at), everyWaiting(at)]);
  const isTold = ({ uuid, uid, standing: { state, isOwned } }: KnownLead): boolean => {
    const lead = told.get(uuid ?? "");
    const isClosed = state === "closed" || state === "declined";
    const owner = isOwned ? at.world.user.id : null;
    const fits = lead?.length === 1 && lead[0]?.is_closed === isClosed && lead[0].assigned_user_id === owner;
    return (uuid === undefined || fits) && (uid === undefined || waiting.has(uid) === (state === "incoming"));
  };
  const wrong = [...at.ledger.leads.values()].filter((lead) => !isTold(lead));
  return wrong.map((lead) => `${JSON.stringify(lead)} is told as ${JSON.stringify(told.get(lead.uuid ?? ""))}`);
}

interface ToldLead {
  id: string;
  is_closed: boolean;
  assigned_user_id: string | null;
}
async function everyLead(at: At): Promise<Map<string, ToldLead[]>> {
  const found: ToldLead[] = [];
  const first = `/api/v5/orgs/${at.world.organization.id}/leads?page_size=100`;
  for (let path: string | null = first; path !== null; ) {
    const page: { next: string | null; results: ToldLead[] } = await at.caller.ask(get(at, path));
    found.push(...page.results);
    path = page.next?.replace(at.caller.url, "") ?? null;
  }
  return Map.groupBy(found, ({ id }) => id);
}

async function everyWaiting(at: At): Promise<Set<string>> {
  const found = new Set<string>();
  for (let page = 1; ; page += 1) {
    const path = `/api/v4/leads/unsorted?limit=250&page=${page}`;
    const told = await at.caller.ask<{ _embedded: { unsorted: { uid: string }[] } } | undefined>(get(at, path));
    for (const { uid } of told?._embedded.unsorted ?? []) found.add(uid);
    if ((told?._embedded.unsorted.length ?? 0) < 250) return found;
  }
}

/** Notes and appointments of a few leads, through the CRM's API. */
export async function wordsTold(at: At): Promise<string[]> {
  const all = [...at.ledger.words.values()];
  const slugs = new Set(
    Array.from({ length: A_LOOK }, () => at.chance.one(all)?.slug).filter((slug) => slug !== undefined),
  );
  const wrong: string[] = [];
  for (const slug of slugs) {
    const path = `/api/v1/leads/view/lead/?slug=${slug}`;
    const { data } = await at.caller.ask<{
      data: { notes: { note_id: number }[]; appointments: { appointment_id: number }[] };
    }>(get(at, path));
    const ids = {
      note: data.notes.map(({ note_id }) => note_id),
      appointment: data.appointments.map(({ appointment_id }) => appointment_id),
    };
    const lacks = all.filter((one) => one.slug === slug && ids[one.kind].filter((id) => id === one.id).length !== 1);
    wrong.push(...lacks.map((one) => `${JSON.stringify(one)} is not told once`));
  }
  return wrong;
}

/** Whoever repeats what was acknowledged is told the same. */
export async function repeatTold({ ledger: { lastCapture }, caller }: At): Promise<string[]> {
  if (lastCapture === null) return [];
  const { id } = await caller.ask<{ id: string }>(lastCapture.ask);
  return id === lastCapture.uuid ? [] : [`lead ${lastCapture.uuid} became ${id} when it was sent again`];
}

/** Every message of the chats, through their rooms: what was acknowledged, in its place, and nothing out of turn. */
export async function talksTold({ ledger, caller, world }: At, talks: Talk[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const talk of talks) {
    const messages = await exchange(caller, world, talk);
    const ids = messages.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const lacks = talk.heard.filter((said) => !messages.some((one) => JSON.stringify(one) === JSON.stringify(said)));
    const inTurn = talk.script.slice(0, ids.length).map(({ id }) => id);
    if (lacks.length > 0 || `${ids}` !== `${inTurn}` || ids.length > talk.sent)
      wrong.push(`${JSON.stringify(talk)} is told as ${JSON.stringify(messages)}`);
  }
  return ledger.talks.length > 0 ? wrong : ["nobody has talked"];
}

/** What the database lacks of chats that rooms have told it of, or are to tell it by themselves. */
export function talksUnsaved({ talks }: Ledger, state: string): string[] {
  const rows = Map.groupBy(readTalks(state), ({ name }) => name);
  return talks
    .filter((talk) => hasLead(talk) && !isSaved(talk, rows.get(emailOf(talk.id)) ?? []))
    .map((talk) => `${JSON.stringify(talk)} is kept as ${JSON.stringify(rows.get(emailOf(talk.id)))}`);
}

function isSaved(talk: Talk, rows: TalkRow[]): boolean {
  const [row] = rows;
  if (rows.length !== 1 || row === undefined || (hasEmail(talk) && row.email !== emailOf(talk.id))) return false;
  if (!isOver(talk)) return true;
  const kept = JSON.parse(row.transcript ?? "[]") as { seq: number; text: string }[];
  const isKept = ({ seq, text }: Talk["heard"][0]) =>
    kept.filter((one) => one.seq === seq && one.text === text).length === 1;
  return row.status === "closed" && talk.heard.every(isKept);
}
