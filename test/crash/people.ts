/** Visitors of forms, programs and colleagues, each of whom does one thing after the other, through the API of their own. */
import { bulkAs } from "../load/bulk.ts";
import type { Ask } from "../load/drive.ts";
import { captureAs, emailOf } from "../load/visitors.ts";
import type { World } from "../load/world.ts";
import type { Caller } from "./caller.ts";
import type { Chance } from "./chance.ts";
import type { Ledger, Standing } from "./ledger.ts";

/** What everybody needs: whom to ask, what is known, and what to do next. */
export interface At {
  world: World;
  ledger: Ledger;
  chance: Chance;
  caller: Caller;
}
export type Step = (at: At) => Promise<void>;

const BULK = 8;
const HOUR_MS = 3_600_000;
const WAITS: Standing = { state: "incoming", isOwned: false };
const PENDING: Standing = { state: "pending", isOwned: false };
const ASSIGNED: Standing = { state: "assigned", isOwned: true };

export const capture: Step = ({ world, ledger, chance, caller }) => {
  const id = chance.uuid();
  const ask = captureAs(world.formId, id);
  const taken = ({ id: uuid }: { id: string }) => {
    ledger.add(id, WAITS, { uuid });
    ledger.lastCapture = { ask, uuid };
  };
  return ledger.send(caller, { ask, makes: { leads: [id] }, taken });
};

/** Many at once, through the v4 API. */
export const bulk: Step = ({ world, ledger, chance, caller }) => {
  const leads = Array.from({ length: BULK }, () => chance.uuid());
  const ask = withKey(bulkAs(world, leads), chance);
  const taken = ({ _embedded }: { _embedded: { unsorted: { uid: string }[] } }) => {
    for (const [index, { uid }] of _embedded.unsorted.entries()) ledger.add(leads[index] as string, WAITS, { uid });
  };
  return ledger.send(caller, { ask, makes: { leads }, taken });
};

/** Accepts or declines, through the v4 API. */
export const sort: Step = async (at) => {
  const { world, ledger, chance, caller } = at;
  const lead = ledger.free(chance, ({ uid, standing }) => uid && standing.state === "incoming");
  if (lead === undefined) return capture(at);
  const path = `/api/v4/leads/unsorted/${lead.uid}`;
  const accept = (body: object, next: Standing) => () =>
    ledger.change(caller, lead, next, post(at, `${path}/accept`, body));
  const ways = [
    accept({}, PENDING),
    accept({ user_id: world.user.user_id }, ASSIGNED),
    () =>
      ledger.change(
        caller,
        lead,
        { ...WAITS, state: "declined" },
        { ...post(at, `${path}/decline`, {}), method: "DELETE" },
      ),
  ];
  await chance.one(ways)?.();
};

/** Picks, gives back, closes and reopens, through the v5 API. */
export const handle: Step = async (at) => {
  const { world, ledger, chance, caller } = at;
  const lead = ledger.free(chance, ({ uuid, standing }) => uuid && standing.state !== "declined");
  if (lead === undefined) return capture(at);
  const { state, isOwned } = lead.standing;
  const pick = [{ assigned_user_id: world.user.id }, ASSIGNED] as const;
  const close = [{ is_closed: true }, { state: "closed", isOwned }] as const;
  const ways = {
    incoming: [pick],
    pending: [pick, close],
    assigned: [close, [{ assigned_user_id: null }, PENDING] as const],
    closed: [[{ is_closed: false }, isOwned ? ASSIGNED : PENDING] as const],
    declined: [],
  };
  const [body, next] = chance.one<readonly [object, Standing]>(ways[state]) ?? pick;
  const path = `/api/v5/orgs/${world.organization.id}/leads/${lead.uuid}`;
  await ledger.change(caller, lead, next, { ...post(at, path, body), method: "PATCH" });
};

/** Makes leads, notes and appointments, through the CRM's API. */
export const work: Step = async (at) => {
  const { ledger, chance } = at;
  const lead = ledger.free(chance, ({ slug, standing }) => slug && ["pending", "assigned"].includes(standing.state));
  if (lead === undefined || chance.below(3) === 0) return createLead(at);
  lead.isBusy = true;
  await (chance.below(2) === 0 ? addNote : meet)(at, lead.slug as string);
  lead.isBusy = false;
};

const createLead: Step = (at) => {
  const { ledger, chance, caller } = at;
  const id = chance.uuid();
  const words = { first_name: "Ada", last_name: "Lovelace", email: emailOf(id), phone: "+358401234567" };
  const taken = ({ data }: { data: { slug: string } }) => ledger.add(id, PENDING, { slug: data.slug });
  return ledger.send(caller, { ask: crm(at, "/v1/leads/create/lead/", words), makes: { leads: [id] }, taken });
};

const addNote = (at: At, slug: string): Promise<void> => {
  const text = at.chance.uuid();
  const ask = crm(at, "/leads/create/leadnote/", { slug, note: text });
  const taken = ({ data: { note_id: id } }: { data: { note_id: number } }) =>
    at.ledger.words.set(text, { kind: "note", id, slug });
  return at.ledger.send(at.caller, { ask, makes: { text }, taken });
};

let hours = 24;
const meet = (at: At, slug: string): Promise<void> => {
  const text = at.chance.uuid();
  hours += 2;
  const time = (hour: number) => new Date(Date.now() + hour * HOUR_MS).toISOString().slice(0, 16).replace("T", " ");
  const times = { appointment_date: time(hours), appointment_to: time(hours + 1) };
  const ask = crm(at, "/leads/create/appointment/", { slug, appointment_note: text, ...times });
  const taken = ({ data: { appointment_id: id } }: { data: { appointment_id: number } }) =>
    at.ledger.words.set(text, { kind: "appointment", id, slug });
  return at.ledger.send(at.caller, { ask, makes: { text }, taken });
};

/** A request of the only user. */
export const get = ({ world }: Pick<At, "world">, path: string): Ask => ({
  path,
  headers: {
    authorization: `Bearer ${world.user.token}`,
    apikey: world.apiKey,
    "content-type": "application/json",
  },
});
const post = (at: At, path: string, body: object): Ask => ({
  ...get(at, path),
  method: "POST",
  body: JSON.stringify(body),
});
const crm = (at: At, path: string, body: object): Ask => withKey(post(at, `/api/v1${path}`, body), at.chance);
const withKey = (ask: Ask, chance: Chance): Ask => ({
  ...ask,
  headers: { ...ask.headers, "idempotency-key": chance.uuid() },
});
