/** Each query walks the index that SCHEMA.md names for it, whatever the planner thinks of an empty table. */
import { describe, expect, it } from "vitest";
import type { IncomingQuery } from "../../../../worker/domain/incoming.ts";
import type { LeadQuery, LeadView } from "../../../../worker/domain/lead-query.ts";
import { countAppointments, listAppointments } from "../../../../worker/store/appointments.ts";
import { insertLeads } from "../../../../worker/store/capture.ts";
import { listChatLeads } from "../../../../worker/store/chat-leads.ts";
import { listCustomers } from "../../../../worker/store/customers.ts";
import { findForm, listForms } from "../../../../worker/store/forms.ts";
import { heldDetails } from "../../../../worker/store/held-leads.ts";
import { getIncoming, listWaiting, summaryOfRange } from "../../../../worker/store/incoming.ts";
import { listRecords } from "../../../../worker/store/lead-records.ts";
import { leadSummary } from "../../../../worker/store/lead-summary.ts";
import { anyLead, getLead, listHeldLeads, listLeads } from "../../../../worker/store/lead-views.ts";
import { currentMailAddress, replaceMailAddress } from "../../../../worker/store/mail.ts";
import { notesOf } from "../../../../worker/store/notes.ts";
import { clearExpiredGrants } from "../../../../worker/store/oauth-tokens.ts";
import { listCredentials, returnLeads } from "../../../../worker/store/people.ts";
import { listPipelines } from "../../../../worker/store/pipelines.ts";
import { clearExpired, eraseNotes, leadsOfPerson, leadsReceived, purgeLeads } from "../../../../worker/store/purge.ts";
import { getRoom, listRooms, type RoomFilter } from "../../../../worker/store/room-lists.ts";
import { deleteUnbegun, refreshChatMetadata, savedRoom, updateRoom } from "../../../../worker/store/rooms.ts";
import { listSources } from "../../../../worker/store/sources.ts";
import { leadBySlug, listWorkedLeads, searchLeads } from "../../../../worker/store/worked-leads.ts";
import { planOf, recorder } from "../../../support/recorder.ts";
import { rows } from "../../../support/rows.ts";
import { declaredIndexes, declaredTriggers } from "../../../support/schema-document.ts";

type Ask = (db: D1Database) => unknown;
const PLACE = { at: 5, id: 5 };
const ACTOR = { kind: "system", id: null };
const WAITING: IncomingQuery = { order: "descending", limit: 50, skip: 0, after: PLACE };
const RECORDS = { afterId: 5, limit: 50, skip: 0 };
const WORKED = { afterId: 5, limit: 25, skip: 0 };
const MEETINGS = { after: PLACE, limit: 25, skip: 0 };
const ROOM = {
  id: "room",
  version: 1,
  status: "guided",
  operatorId: null,
  waitingSince: null,
  closedAt: null,
  transcript: null,
} as const;
const UUID = "0197a1b2-0000-7000-8000-000000000001";

/** Both orders, from the start, after a place and before one. */
const pages =
  (view: LeadView, isProcessable?: boolean): Ask =>
  (db) => {
    for (const order of ["ascending", "descending"] as const) {
      const query: LeadQuery = { view, isProcessable, order, limit: 25 };
      for (const place of [{}, { after: PLACE }, { before: PLACE }]) listLeads(db, 1, { ...query, ...place });
    }
  };

const rooms =
  (filter: RoomFilter): Ask =>
  (db) =>
    listRooms(db, 1, { filter, after: { at: 5, id: UUID }, limit: 100 });

const QUERIES: Record<string, Ask> = {
  listCredentials: (db) => listCredentials(db, 1, { at: 5, id: "a" }, 100),
  findForm: (db) => findForm(db, "form"),
  listForms: (db) => listForms(db, 1, { at: 5, id: "a" }, 100),
  getLead: (db) => getLead(db, 1, { kind: "organization" }, UUID),
  anyLead: (db) => anyLead(db, 1, UUID),
  heldDetails: (db) => heldDetails(db, 1, UUID),
  "listLeads(organization)": pages({ kind: "organization" }),
  "listLeads(organization, processable)": pages({ kind: "organization" }, true),
  "listLeads(organization, not processable)": pages({ kind: "organization" }, false),
  "listLeads(pending)": pages({ kind: "pending" }),
  "listLeads(assigned)": pages({ kind: "assigned", userId: 1 }),
  leadSummary: (db) => leadSummary(db, 1, 5),
  listChatLeads: (db) => listChatLeads(db, 1, { formId: "form", after: PLACE, until: 9, skip: 9, limit: 9 }),
  listHeldLeads: (db) => listHeldLeads(db, 1, PLACE, 100),
  deleteUnbegun: (db) => deleteUnbegun(db, 1, "room"),
  updateRoom: (db) => {
    for (const by of ["birth", "claim", "room"] as const) updateRoom(db, 1, ROOM, { uuid: UUID, by });
    updateRoom(db, 1, ROOM, null);
  },
  savedRoom: (db) => {
    savedRoom(db, 1, "room", UUID);
    savedRoom(db, 1, "room", null);
  },
  refreshChatMetadata: (db) => refreshChatMetadata(db, 1, { leadUuid: UUID, changeId: "c" }, "Hello"),
  returnLeads: (db) => returnLeads(db, 1, 1, { id: "c", actor: ACTOR, now: 1 }),
  leadsReceived: (db) => leadsReceived(db, 1, 0, 9, 100),
  leadsOfPerson: (db) => leadsOfPerson(db, 1, { emailKey: "a@b.example", phoneKeys: ["+3584"] }, 100),
  eraseNotes: (db) => eraseNotes(db, 1, { emailKey: "a@b.example", phoneKeys: ["+3584"] }),
  purgeLeads: (db) => purgeLeads(db, { organizationId: 1, leadUuids: [UUID], changeId: "c", actor: ACTOR, now: 1 }),
  clearExpired: (db) => clearExpired(db, { keysBefore: 1, submissionsBefore: 1, ratesBefore: 1 }),
  clearExpiredGrants: (db) => clearExpiredGrants(db, 1),
  listPipelines: (db) => listPipelines(db, 1),
  getRoom: (db) => getRoom(db, 1, UUID),
  listRooms: rooms({ kind: "open" }),
  "listRooms(waiting)": rooms({ kind: "waiting" }),
  "listRooms(operator)": rooms({ kind: "of", operatorId: 1 }),
  listSources: (db) => listSources(db, 1),
  leadBySlug: (db) => leadBySlug(db, 1, "s"),
  listWorkedLeads: (db) => {
    listWorkedLeads(db, 1, WORKED);
    listWorkedLeads(db, 1, { ...WORKED, beforeId: 5 });
  },
  "listWorkedLeads(status)": (db) => listWorkedLeads(db, 1, { ...WORKED, stageIds: [4] }),
  "listWorkedLeads(keeper)": (db) => {
    for (const keeper of [{ keeperId: 3 }, { keeperName: "ada" }]) listWorkedLeads(db, 1, { ...WORKED, ...keeper });
  },
  "listWorkedLeads(keeper and status)": (db) => listWorkedLeads(db, 1, { ...WORKED, keeperId: 3, stageIds: [4] }),
  "searchLeads(first name)": (db) => searchLeads(db, 1, { first_name_key: ["a"] }, WORKED, 100),
  "searchLeads(last name)": (db) => searchLeads(db, 1, { last_name_key: ["a"], first_name_key: ["b"] }, WORKED, 100),
  "searchLeads(email)": (db) => searchLeads(db, 1, { email_key: ["a"] }, { ...WORKED, keeperId: 3 }, 100),
  "searchLeads(phone)": (db) => searchLeads(db, 1, { phone_key: ["+1", "1"] }, { ...WORKED, stageIds: [4] }, 100),
  notesOf: (db) => notesOf(db, 1, "s", 100),
  listAppointments: (db) => {
    listAppointments(db, 1, MEETINGS);
    listAppointments(db, 1, { ...MEETINGS, before: PLACE });
  },
  "listAppointments(user)": (db) => listAppointments(db, 1, { ...MEETINGS, userId: 3 }),
  "listAppointments(lead)": (db) => listAppointments(db, 1, { ...MEETINGS, leadId: 3 }),
  "listAppointments(status)": (db) => listAppointments(db, 1, { ...MEETINGS, status: "pending" }),
  countAppointments: (db) => countAppointments(db, 1, { ...MEETINGS, from: 5, to: 9 }, 100),
  listRecords: (db) => listRecords(db, 1, { ...RECORDS, withCompany: false }),
  "listRecords(companies)": (db) => listRecords(db, 1, { ...RECORDS, withCompany: true }),
  listCustomers: (db) => listCustomers(db, 1, 5, 50),
  getIncoming: (db) => getIncoming(db, 1, "u"),
  listWaiting: (db) => listWaiting(db, 1, WAITING),
  "listWaiting(category)": (db) => listWaiting(db, 1, { ...WAITING, categories: ["sip"] }),
  "listWaiting(pipeline)": (db) => listWaiting(db, 1, { ...WAITING, pipelineId: 1 }),
  "listWaiting(pipeline and category)": (db) => listWaiting(db, 1, { ...WAITING, pipelineId: 1, categories: ["sip"] }),
  summaryOfRange: (db) => summaryOfRange(db, 1, { from: 5, to: 9 }),
  currentMailAddress: (db) => currentMailAddress(db, 1),
  replaceMailAddress: (db) => replaceMailAddress(db, 1, { token: "t", now: 5, formerUntil: 9 }),
};

async function plansOf(name: string): Promise<string[][]> {
  const { db, asked } = recorder();
  await QUERIES[name]?.(db);
  return Promise.all(asked.map(planOf));
}

describe("a query", () => {
  const promised = [...declaredIndexes()].flatMap(([index, queries]) =>
    queries.map((query) => [query, index] as const),
  );
  const known = promised.filter(([query]) => query !== "claim_ends");

  it.each(known)("%s walks %s", async (query, index) => {
    expect(Object.keys(QUERIES)).toContain(query);
    const steps = (await plansOf(query)).flat();
    expect(steps.filter((step) => step.includes(`INDEX ${index} `))).not.toEqual([]);
  });

  it.each(Object.keys(QUERIES))("%s scans no table of leads or people, and sorts no page", async (query) => {
    for (const plan of await plansOf(query)) {
      expect(
        plan.filter((step) =>
          /^SCAN (lead|contact|incoming_lead|note|appointment|claim|room|form|user|customer)\b/.test(step),
        ),
      ).toEqual([]);
      if (/^list/.test(query)) expect(plan.filter((step) => step.includes("TEMP B-TREE"))).toEqual([]);
    }
  });

  it.each(Object.keys(QUERIES).filter((query) => query.startsWith("listLeads")))(
    "%s walks one index from its place on, and looks up the rest by id",
    async (query) => {
      for (const plan of await plansOf(query)) {
        expect(plan).toEqual([
          expect.stringMatching(
            /^SEARCH lead USING INDEX lead_\w+ \(organization_id=\?.* AND \(received_at,tie\)[<>]\(\?,\?\)\)$/,
          ),
          "SEARCH contact USING INTEGER PRIMARY KEY (rowid=?)",
          "SEARCH user USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
        ]);
      }
    },
  );
});

it("new leads and their contacts are each taken out of their parameter whole, not once for each of their values", async () => {
  const { db, asked } = recorder();
  insertLeads(db, 1, { leads: [], contacts: [], claims: [], incoming: [] }, ACTOR);
  const plans = await Promise.all(asked.slice(0, 2).map(planOf));
  for (const plan of plans) expect(plan).toEqual(expect.arrayContaining(["CO-ROUTINE j", "SCAN j"]));
});

describe("SCHEMA.md", () => {
  const named = (type: string) =>
    rows<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL ORDER BY name", type);

  it("names every index and trigger that there is, and none that is not", async () => {
    const own = (await named("index")).map(({ name }) => name).filter((name) => !name.startsWith("_cf"));
    expect([...declaredIndexes().keys()].sort()).toEqual(own);
    expect(declaredTriggers().sort()).toEqual((await named("trigger")).map(({ name }) => name));
  });
});
