/**
 * How much room a lead takes, at each point of its life, and how long the one writer needs to take it in: what
 * docs/scale.md and `npm run simulate` count with. Leads go through the real doors, from their capture to their purge.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type Ask, drive } from "./drive.ts";
import { type Footprint, footprintOf } from "./footprint.ts";
import type { LocalEdge } from "./local-edge.ts";
import type { Bench, Part } from "./part.ts";
import type { Table } from "./report.ts";
import { captureOf } from "./visitors.ts";
import { openFoyer, type World, withDatabase } from "./world.ts";
import { measureWriter } from "./writer-time.ts";

const LEADS = 3_000;
const LEADS_QUICK = 200;
const WIDTH = 8;
const NOTE = "Called back: would like an offer for twelve, delivered in March. Asked about the warranty.";
const WORDS = "Could you tell me whether the larger one fits under a desk of 70 centimetres?";
const SAID = 6;
const PATIENCE_MS = 60_000;

export const size: Part = async (bench) => {
  const many = bench.isQuick ? LEADS_QUICK : LEADS;
  return { tables: [...(await measureRoom(bench, many)), measureWriter(bench, many)], goals: [] };
};

/** A lead as the database has it. */
interface Known {
  uuid: string;
  slug: string;
  uid: string;
}
interface Stage {
  name: string;
  /** The bytes that it has added, of one lead. */
  added: number;
}

async function measureRoom({ world }: Bench, many: number): Promise<Table[]> {
  const edge = await openFoyer(world);
  try {
    const look = () => withDatabase(edge.state, footprintOf);
    const stages: Stage[] = [];
    let before = look();
    const stage = async (name: string, asks: (number: number) => Ask, settled?: () => Promise<void>) => {
      await drive(edge.url, { width: WIDTH, until: { count: many }, ask: asks });
      await settled?.();
      const after = look();
      stages.push({ name, added: (after.bytes - before.bytes) / many });
      before = after;
      return after;
    };
    const empty = before;
    await stage("a form, captured", captureOf(world.formId));
    const leads = leadsOf(edge);
    const at = (number: number) => leads[number] as Known;
    for (const [name, ask] of workOf(world)) await stage(name, (number) => ask(at(number)));
    const worked = before;
    await stage("a chat of 15 entries, with its lead", chatOf(world.chatFormId), () => allClosed(edge, many));
    await stage("a form's lead, purged", (number) => purgeOf(world, at(number)));
    await stage("another form, captured after that", captureOf(world.formId));
    return [stageTable(stages, many), tableTable(empty, worked, many)];
  } finally {
    await edge.end();
  }
}

/**
 * Rooms are saved after they have answered. Their database is looked into again and again, since nothing tells another
 * process of it. @throws where some are not within a minute.
 */
async function allClosed({ state }: LocalEdge, many: number): Promise<void> {
  const saved = () =>
    withDatabase(state, (db) => db.prepare("SELECT count(*) AS rooms FROM room WHERE status = 'closed'").get()?.rooms);
  for (const end = Date.now() + PATIENCE_MS; saved() !== many; await setTimeout(100)) {
    if (Date.now() > end) throw new Error(`${saved()} of ${many} rooms have been saved`);
  }
}

const leadsOf = ({ state }: LocalEdge): Known[] =>
  withDatabase(state, (db) =>
    db.prepare("SELECT uuid, slug, uid FROM lead JOIN incoming_lead ON lead_id = lead.id ORDER BY lead.id").all(),
  ) as unknown as Known[];

/** What people do with a form's lead, in its order. */
function workOf({ organization, user, apiKey }: World): [string, (lead: Known) => Ask][] {
  const headers = { "content-type": "application/json", authorization: `Bearer ${user.token}`, apikey: apiKey };
  const ask = (method: string, path: string, body: object): Ask => ({
    ...{ method, path, headers, body: JSON.stringify(body) },
  });
  const lead = (uuid: string) => `/api/v5/orgs/${organization.id}/leads/${uuid}`;
  return [
    ["accepted", ({ uid }) => ask("POST", `/api/v4/leads/unsorted/${uid}/accept`, {})],
    ["picked", ({ uuid }) => ask("PATCH", lead(uuid), { assigned_user_id: user.id })],
    ["noted", ({ slug }) => ask("POST", "/api/v1/leads/create/leadnote/", { slug, note: NOTE })],
    ["closed", ({ uuid }) => ask("PATCH", lead(uuid), { is_closed: true })],
  ];
}

/** The whole of a conversation in one exchange: words, the three answers that make it a lead, words, the end. */
const chatOf = (formId: string) => (): Ask => {
  const id = randomUUID();
  const answer = (field: string, value: string) => ({ t: "answer", id: `${id}-${field}`, field, value });
  const say = (_: unknown, number: number) => ({ t: "say", id: `${id}-${number}`, text: WORDS });
  const frames = [
    { t: "say", id, text: WORDS },
    answer("name", "Ada Lovelace"),
    answer("email", `ada.${id}@example.org`),
    answer("phone", "+358 40 123 4567"),
    ...Array.from({ length: SAID - 1 }, say),
    { t: "close", id: `${id}-close` },
  ];
  const page = { url: "https://shop.example/desks?size=70", title: "Desks", referrer: "https://search.example/" };
  const token = randomBytes(32).toString("base64url");
  const body = JSON.stringify({ token, hello: { since: 0, visitor: id, page }, frames });
  return { method: "POST", path: `/v1/forms/${formId}/chat`, headers: { "content-type": "application/json" }, body };
};

const purgeOf = ({ organization, rootToken }: World, { uuid }: Known): Ask => ({
  method: "POST",
  path: `/admin/v1/organizations/${organization.id}/purge`,
  headers: { "content-type": "application/json", authorization: `Bearer ${rootToken}` },
  body: JSON.stringify({ lead_id: uuid }),
});

function stageTable(stages: Stage[], many: number): Table {
  return {
    title: "room of a lead, in bytes",
    notes: [
      `Of ${many.toLocaleString("en")} leads each, pages of the database that carry something. What is purged stays as an empty row.`,
    ],
    rows: stages.map(({ name, added }) => ({ what: name, "bytes added": Math.round(added) })),
  };
}

/** Of a form's lead that was captured, accepted, picked, noted and closed. */
function tableTable(empty: Footprint, full: Footprint, many: number): Table {
  const rows = [...full.tables].map(([name, { rows: own, indexes }]) => {
    const before = empty.tables.get(name) ?? { rows: 0, indexes: 0 };
    return { table: name, rows: (own - before.rows) / many, indexes: (indexes - before.indexes) / many };
  });
  const shown = rows.filter((row) => row.rows + row.indexes >= 1);
  const sum = (key: "rows" | "indexes") => shown.reduce((all, row) => all + row[key], 0);
  return {
    title: "where a form's lead stands once it is closed, in bytes",
    notes: ["idempotency goes after eight days, rate_counter after one."],
    rows: [...shown, { table: "all", rows: sum("rows"), indexes: sum("indexes") }]
      .sort((a, b) => b.rows + b.indexes - a.rows - a.indexes)
      .map(({ table, rows: own, indexes }) => ({ table, rows: Math.round(own), indexes: Math.round(indexes) })),
  };
}
