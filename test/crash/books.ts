/** The databases as a kill has left them, read and recounted on a copy: opening the files themselves would mend them. */
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { databaseFile, withDatabase } from "../load/world.ts";
import { INCOMING, INCOMING_RECOUNT, LEADS, LEADS_RECOUNT, MEETINGS, MEETINGS_RECOUNT } from "../support/recounts.ts";
import type { Standing } from "./ledger.ts";

export interface LeadRow {
  email: string;
  uuid: string;
  slug: string;
  /** null: a colleague's. */
  uid: string | null;
  state: Standing["state"];
  owner_id: number | null;
}
export interface Books {
  /** By address; those of chats that have told none yet by the name, which is it. */
  leads: Map<string, LeadRow>;
  /** Numbers of notes and appointments, by kind and text. */
  words: Map<string, number>;
  /** What is not as it must be, whoever was answered what. */
  wrong: string[];
}

/** What must find nothing. */
const WRONG = {
  "two leads of one address": "SELECT email FROM contact WHERE email IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
  "two notes of one text": "SELECT text FROM note WHERE author_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
  "two appointments of one text": "SELECT note FROM appointment GROUP BY 1 HAVING count(*) > 1",
  "a lead without its contact": "SELECT id FROM lead WHERE contact_id NOT IN (SELECT id FROM contact)",
  "a contact without its lead": "SELECT id FROM contact WHERE id NOT IN (SELECT contact_id FROM lead)",
  "a lead whose events are not its versions": `SELECT id FROM lead WHERE version <> (SELECT count(*) FROM lead_event
    WHERE lead_id = id) OR version <> (SELECT max(version) FROM lead_event WHERE lead_id = id)`,
  "an event of no lead": "SELECT lead_id FROM lead_event WHERE lead_id NOT IN (SELECT id FROM lead)",
  "a lead that has not come in": `SELECT id FROM lead WHERE category <> 'colleague'
    AND id NOT IN (SELECT lead_id FROM incoming_lead)`,
  "a lead that is sorted and waits, or the reverse": `SELECT id FROM lead JOIN incoming_lead ON lead_id = id
    WHERE (state = 'incoming') <> (outcome IS NULL)`,
  "a visitor's lead without its key": `SELECT uuid FROM lead WHERE form_id IS NOT NULL AND room_id IS NULL
    AND uuid NOT IN (SELECT lead_uuid FROM idempotency WHERE lead_uuid IS NOT NULL)`,
  "a key without its lead": `SELECT key FROM idempotency WHERE lead_uuid IS NOT NULL
    AND lead_uuid NOT IN (SELECT uuid FROM lead)`,
  "a waiting lead of a form without its claim": `SELECT id FROM lead WHERE state = 'incoming'
    AND form_id IS NOT NULL AND room_id IS NULL
    AND id NOT IN (SELECT lead_id FROM claim)`,
  "a claim of no lead": "SELECT lead_id FROM claim WHERE lead_id NOT IN (SELECT id FROM lead)",
  "a chat's lead without its room": `SELECT id FROM lead WHERE category = 'chats'
    AND id NOT IN (SELECT lead_id FROM room WHERE lead_id IS NOT NULL)`,
  "a row whose parent is missing": "PRAGMA foreign_key_check",
};
const COUNTED = [
  ["leads", LEADS, LEADS_RECOUNT],
  ["incoming leads", INCOMING, INCOMING_RECOUNT],
  ["appointments", MEETINGS, MEETINGS_RECOUNT],
] as const;

/** @returns a folder with what nobody serves just now. */
export function copyOf(state: string): string {
  const copy = mkdtempSync(join(tmpdir(), "foyer-crash-"));
  cpSync(join(state, "v3"), join(copy, "v3"), { recursive: true, preserveTimestamps: true });
  return copy;
}

/**
 * Reads a copy, and removes it.
 * @param since what was written before was read before: there are many rooms.
 */
export function readBooks(copy: string, since: number): Books {
  try {
    const broken = readdirSync(copy, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".sqlite"))
      .map((path) => join(copy, path))
      .filter((path) => writtenAt(path) >= since && !isWhole(path));
    const books = withDatabase(copy, booksOf);
    return { ...books, wrong: [...broken.map((path) => `${path} is broken`), ...books.wrong] };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Of a chat that the database knows the lead of. */
export interface TalkRow {
  name: string;
  email: string | null;
  status: string;
  transcript: string | null;
}

/** Reads beside the server, while it runs. */
export function readTalks(state: string): TalkRow[] {
  const db = new DatabaseSync(databaseFile(state), { readOnly: true });
  try {
    const sql = `SELECT email, contact.name, status, transcript FROM room
      JOIN lead ON lead.id = lead_id JOIN contact ON contact.id = contact_id`;
    return db.prepare(sql).all() as unknown as TalkRow[];
  } finally {
    db.close();
  }
}

const writtenAt = (file: string): number =>
  Math.max(...[file, `${file}-wal`].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0));

function isWhole(file: string): boolean {
  const db = new DatabaseSync(file);
  try {
    return db.prepare("PRAGMA integrity_check").get()?.integrity_check === "ok";
  } finally {
    db.close();
  }
}

function booksOf(db: DatabaseSync): Books {
  const all = <T>(sql: string) => db.prepare(sql).all() as T[];
  const sorted = (sql: string) =>
    all(sql)
      .map((row) => JSON.stringify(row))
      .sort();
  const leads =
    all<LeadRow>(`SELECT coalesce(email, contact.name) AS email, lead.uuid, slug, uid, state, owner_id FROM lead
    JOIN contact ON contact.id = contact_id LEFT JOIN incoming_lead ON lead_id = lead.id`);
  const words = all<{ text: string; id: number }>(`SELECT 'note ' || text AS text, id FROM note
    UNION ALL SELECT 'appointment ' || note, id FROM appointment`);
  const wrong = Object.entries(WRONG).map(([what, sql]) => [what, all(sql)] as const);
  const miscounted = COUNTED.filter(([, kept, recount]) => `${sorted(kept)}` !== `${sorted(recount)}`);
  return {
    leads: new Map(leads.map((lead) => [lead.email, lead])),
    words: new Map(words.map(({ text, id }) => [text, id])),
    wrong: [
      ...wrong.filter(([, found]) => found.length > 0).map(([what, found]) => `${what}: ${JSON.stringify(found)}`),
      ...miscounted.map(([what, kept, recount]) => `${what}: ${sorted(kept)} is kept, and ${sorted(recount)} counted`),
    ],
  };
}
