/** The operators' API, as programs and the page meet it. */
import { expect } from "vitest";
import type { RoomSummary } from "../../../shared/chat-frames.ts";
import type { Edge, Person, SendOptions, Tenant } from "../../support/edge.ts";
import { rows } from "../../support/rows.ts";
import { PASSWORD } from "../crm/login.ts";

export const OPERATORS = "/admin/v1";
export const SESSION = "/inbox/session";
export const COOKIE = "__Host-foyer_session";

export interface Session {
  user: { id: string; name: string; username: string; role: string };
  organization: { id: string; account_id: number; name: string; time_zone: string };
  csrf: string;
}

export const signIn = (at: Edge, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  at.send("POST", SESSION, { body, headers });

/** What the page has once the agent has signed in: the cookie as it is sent back, and the answer. */
export async function signedIn(at: Edge, of: Tenant, who = of.agent): Promise<Session & { cookie: string }> {
  const answer = await signIn(at, { organization: of.id, username: who.username, password: PASSWORD });
  expect(answer.status).toBe(200);
  const cookie = (answer.headers.get("set-cookie") as string).split(";")[0] as string;
  return { ...(await answer.json<Session>()), cookie };
}

/** As a user, with their token. */
export const ask = (at: Edge, who: Pick<Person, "token">, method: string, path: string, options: SendOptions = {}) =>
  at.send(method, `${OPERATORS}${path}`, { token: who.token, ...options });

let rooms = 0;
/** A room's id, as visitors' pages make them. */
export function roomId(): string {
  rooms += 1;
  return `0197a1b2-0000-8000-8000-${rooms.toString(16).padStart(12, "0")}`;
}

interface RoomColumns {
  status?: string;
  operator_id?: number | null;
  lead_id?: number | null;
  opened_at?: number;
  waiting_since?: number | null;
  closed_at?: number | null;
  transcript?: string | null;
}

/** A room's row, as the room itself writes it. @returns its id. */
export async function keepRoom(of: Pick<Tenant, "accountId" | "formId">, columns: RoomColumns = {}): Promise<string> {
  const id = roomId();
  const { status = "guided", operator_id = null, lead_id = null, opened_at = 1_000, closed_at = null } = columns;
  const { waiting_since = status === "waiting" ? opened_at : null } = columns;
  const values = [id, of.accountId, of.formId, status, operator_id, lead_id, opened_at, waiting_since, closed_at];
  await rows(
    `INSERT INTO room (id, organization_id, form_id, status, operator_id, lead_id, opened_at, waiting_since, closed_at,
        transcript) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...values,
    columns.transcript ?? null,
  );
  return id;
}

export interface Page<T> {
  results: T[];
  next: string | null;
}
export const listed = async (answer: Promise<Response>): Promise<Page<RoomSummary>> => {
  const response = await answer;
  expect(response.status).toBe(200);
  return response.json();
};
/** A page's address as a path to ask for. */
export const pathOf = (next: string | null): string => {
  const { pathname, search } = new URL(next as string);
  return `${pathname}${search}`.slice(OPERATORS.length);
};
