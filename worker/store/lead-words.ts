/** New words about a lead and its person, as parts of a change: see lead-changes.ts. */
import type { StoredAnswer } from "../domain/lead.ts";

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
  name?: string | null;
  source?: string;
  message?: string | null;
  consent?: object | null;
  answers?: StoredAnswer[];
  /** Answers of other names stay as well. */
  keepsAnswers?: boolean;
  contact?: Partial<Record<ContactWord, string | null>>;
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
  "title",
  "location",
  "company_name",
] as const;
export type ContactWord = (typeof CONTACT_WORDS)[number];

interface WordsChange {
  organizationId: number;
  words?: LeadWords;
  changeId: string;
  now: number;
}

/** Assignments of the lead's own words, each with a comma after it. */
export function leadWordsSql(words: LeadWords = {}): Fragment {
  const set: Fragment[] = (["name", "source", "message"] as const)
    .filter((column) => words[column] !== undefined)
    .map((column) => ({ sql: `${column} = ?,`, values: [words[column] ?? null] }));
  if (words.answers) set.push(answersSql(JSON.stringify(words.answers), words.keepsAnswers === true));
  if (words.consent !== undefined) set.push(consentSql(words.consent === null ? null : JSON.stringify(words.consent)));
  return { sql: set.map(({ sql }) => sql).join(" "), values: set.flatMap(({ values }) => values) };
}

const answersSql = (json: string, keepsOthers: boolean): Fragment =>
  keepsOthers
    ? {
        sql: `answers = (SELECT json_group_array(json(value)) FROM (
            SELECT value FROM json_each(lead.answers)
              WHERE value ->> 'name' NOT IN (SELECT value ->> 'name' FROM json_each(?))
            UNION ALL SELECT value FROM json_each(?))),`,
        values: [json, json],
      }
    : { sql: "answers = ?,", values: [json] };

/** When it was given stays, unless it says something else now. */
const consentSql = (json: string | null): Fragment => ({
  sql: `consent = iif(consent ->> 'given' IS ? ->> 'given' AND consent ->> 'version' IS ? ->> 'version', consent, ?),`,
  values: [json, json, json],
});

/** The person is the contact's: written where the lead has taken the change. */
export function contactWords(db: D1Database, change: WordsChange, named: Fragment): D1PreparedStatement[] {
  const { contact = {} } = change.words ?? {};
  const set = CONTACT_WORDS.flatMap((column) => {
    const value = contact[column];
    return value === undefined ? [] : [[column, value] as const];
  });
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
