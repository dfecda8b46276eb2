/** New words about a lead and its person, as parts of a change: see lead-changes.ts. */

/** A piece of SQL with the values of its placeholders. */
export interface Fragment {
  sql: string;
  values: (string | number | null)[];
}

/** What was emptied takes no new words: nobody would empty it again. */
export const NOT_EMPTIED: Fragment = { sql: "lead.purged_at IS NULL", values: [] };

/** All of the conditions that are given. */
export const allOf = (...parts: (Fragment | undefined)[]): Fragment => {
  const given = parts.filter((part) => part !== undefined);
  return { sql: given.map(({ sql }) => sql).join(" AND "), values: given.flatMap(({ values }) => values) };
};

/** undefined keeps what is there. */
export interface LeadWords {
  source?: string;
  message?: string | null;
  contact?: Record<(typeof CONTACT_WORDS)[number], string | null>;
  /** undefined keeps it. */
  location?: string | null;
}

const CONTACT_WORDS = [
  "name",
  "first_name",
  "last_name",
  "email",
  "phone",
  "first_name_key",
  "last_name_key",
  "email_key",
  "phone_key",
] as const;

interface WordsChange {
  organizationId: number;
  words?: LeadWords;
  changeId: string;
  now: number;
}

/** Assignments of the lead's own words, each with a comma after it. */
export function leadWordsSql(words: LeadWords = {}): Fragment {
  const set = (["source", "message"] as const).filter((column) => words[column] !== undefined);
  return { sql: set.map((column) => `${column} = ?,`).join(" "), values: set.map((column) => words[column] ?? null) };
}

/** The person is the contact's: written where the lead has taken the change. */
export function contactWords(db: D1Database, change: WordsChange, named: Fragment): D1PreparedStatement[] {
  const { contact, location } = change.words ?? {};
  const set = [
    ...(contact ? CONTACT_WORDS.map((column) => [column, contact[column]] as const) : []),
    ...(location === undefined ? [] : [["location", location] as const]),
  ];
  if (set.length === 0) return [];
  return [
    db
      .prepare(`UPDATE contact SET ${set.map(([column]) => `${column} = ?`).join(", ")}, updated_at = ?
        WHERE organization_id = ? AND id = (SELECT lead.contact_id FROM lead
          WHERE lead.organization_id = ? AND ${named.sql} AND lead.change_id = ?)`)
      .bind(
        ...set.map(([, value]) => value),
        ...[change.now, change.organizationId, change.organizationId, ...named.values, change.changeId],
      ),
  ];
}
