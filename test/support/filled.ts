/**
 * A row in every table, with a mark of its own in every text that may hold one: `mark-<table>-<column>`. Columns are
 * asked of the database, so that a new one is filled without anybody thinking of it.
 */
import { env } from "cloudflare:workers";
import { type Row, rows, tables } from "./rows.ts";

export const LEAD_UUID = "0197a1b2-0000-7000-8000-00000000f111";
export const mark = (table: string, column: string): string => `mark-${table}-${column}`;

const json = (table: string, column: string) =>
  JSON.stringify([{ name: mark(table, column), value: mark(table, column) }]);

/** Values that rules of the database or of the code ask for. */
const RULED: Record<string, Row> = {
  organization: { id: 1, retention_days: 30, purged_until: 0, ip_policy: "full" },
  user: { id: 1, role: "agent", is_active: 1 },
  credential: { kind: "user_token", scopes: '["*"]' },
  pipeline: { id: 1, is_main: 1 },
  status: { id: 1, role: "first" },
  lead_source: { id: 1, is_active: 1 },
  form: { mode: "form", duplicate_policy: "identical", settings: "{}", is_processable: 0 },
  lead: {
    id: 1,
    uuid: LEAD_UUID,
    state: "assigned",
    category: "forms",
    answers: json("lead", "answers"),
    purged_at: null,
    closed_at: null,
    received_at: 1,
    is_processable: 0,
  },
  contact: { id: 1 },
  incoming_lead: {
    category: "forms",
    metadata: JSON.stringify({ form_name: mark("incoming_lead", "metadata"), form_sent_at: 1234, ip: "mark-ip" }),
    outcome: "accepted",
  },
  claim: { kind: "email" },
  idempotency: { lead_uuid: LEAD_UUID },
  rate_counter: { count: 1, most: 2 },
  oauth_integration: { id: "client" },
  oauth_code: { client_id: "client", family_id: "family", is_redirect_named: 0 },
  oauth_family: { id: "family", client_id: "client" },
  oauth_refresh_token: { family_id: "family" },
  room: { status: "talking", waiting_since: null },
  appointment: { status: "pending", starts_at: 1, ends_at: 2 },
  incoming_rollup: { day: 77 },
  lead_rollup: { is_closed: 0, pipeline_id: 77 },
  appointment_rollup: { user_id: 77 },
};

/** Parents before children; tables that nobody named here come last. */
const ORDER = [
  "organization",
  "user",
  "pipeline",
  "status",
  "lead_source",
  "form",
  "lead",
  "contact",
  "oauth_integration",
  "oauth_family",
];

interface Column {
  name: string;
  type: string;
}
export const columnsOf = (table: string): Promise<Column[]> =>
  rows<Column>(`SELECT name, type FROM pragma_table_info('${table}')`);

function fillingOf(table: string, { name, type }: Column): string | number | null {
  const ruled = RULED[table];
  if (ruled && name in ruled) return ruled[name] as string | number | null;
  if (type === "INTEGER") return name.endsWith("_id") || name === "version" ? 1 : 4_242;
  return mark(table, name);
}

/** Puts a row into every table that there is, or into those of `only`. */
export async function fillTables(only?: string[]): Promise<void> {
  const all = (await tables()).filter((table) => only === undefined || only.includes(table));
  const place = (table: string) => (ORDER.indexOf(table) + ORDER.length + 1) % (ORDER.length + 1);
  const rank = (table: string) => (ORDER.includes(table) ? place(table) : ORDER.length + 1);
  const statements: D1PreparedStatement[] = [];
  for (const table of all.sort((a, b) => rank(a) - rank(b))) {
    const columns = await columnsOf(table);
    const names = columns.map(({ name }) => `"${name}"`).join(", ");
    const values = columns.map((column) => fillingOf(table, column));
    statements.push(
      env.DB.prepare(`INSERT INTO "${table}" (${names}) VALUES (${values.map(() => "?").join(", ")})`).bind(...values),
    );
  }
  // A migration may add none, and a batch of none is an error.
  if (statements.length > 0) await env.DB.batch(statements);
}
