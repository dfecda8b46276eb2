/** Notes on leads. */
import type { Note } from "../domain/worked-lead.ts";
import type { Fragment } from "./lead-words.ts";

export interface NoteRow {
  id: number;
  lead_id: number;
  author_id: number | null;
  author_username: string;
  text: string;
  created_at: number;
}

const SELECT_NOTE = `SELECT note.id, note.lead_id, note.author_id, user.username AS author_username, note.text, note.created_at
  FROM note LEFT JOIN user ON user.id = note.author_id`;

export const noteOf = (row: NoteRow): Note => ({
  id: row.id,
  author: row.author_id === null ? null : { id: row.author_id, username: row.author_username },
  text: row.text,
  createdAt: row.created_at,
});

/** The newest notes of a lead, newest first. */
export function notesOf(db: D1Database, organizationId: number, leadSlug: string, limit: number): D1PreparedStatement {
  return db
    .prepare(`${SELECT_NOTE} WHERE note.organization_id = ?1
      AND note.lead_id = (SELECT id FROM lead WHERE organization_id = ?1 AND slug = ?2) ORDER BY note.id DESC LIMIT ?3`)
    .bind(organizationId, leadSlug, limit);
}

export function getNote(db: D1Database, organizationId: number, id: number): D1PreparedStatement {
  return db.prepare(`${SELECT_NOTE} WHERE note.organization_id = ? AND note.id = ?`).bind(organizationId, id);
}

const OF_CHANGE = "FROM lead WHERE organization_id = ? AND slug = ? AND change_id = ?";

/** Adds one where the change was made; gives its id back. */
export function insertNote(
  db: D1Database,
  change: { organizationId: number; slug: string; changeId: string; now: number },
  note: { authorId: number | null; text: string },
): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO note (organization_id, lead_id, author_id, text, created_at)
      SELECT organization_id, id, ?, ?, ? ${OF_CHANGE} RETURNING id`)
    .bind(note.authorId, note.text, change.now, change.organizationId, change.slug, change.changeId);
}

/** Removes it where the change was made. */
export function deleteNote(db: D1Database, organizationId: number, id: number, changeId: string): D1PreparedStatement {
  return db
    .prepare(`DELETE FROM note WHERE organization_id = ?1 AND id = ?2
      AND EXISTS (SELECT 1 FROM lead WHERE organization_id = ?1 AND id = note.lead_id AND change_id = ?3)`)
    .bind(organizationId, id, changeId);
}

/** Whether it is still there, as what a change of its lead may depend on. */
export const noteStands = (organizationId: number, id: number): Fragment => ({
  sql: "EXISTS (SELECT 1 FROM note WHERE note.organization_id = ? AND note.id = ? AND note.lead_id = lead.id)",
  values: [organizationId, id],
});
