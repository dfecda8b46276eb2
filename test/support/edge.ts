/** The Worker with a clock that a test sets, a meter on its database, and what every test needs to begin with. */
import { env } from "cloudflare:workers";
import { v7 } from "uuid";
import { createApp } from "../../worker/index.ts";
import type { Database } from "../../worker/store/database.ts";
import { openDatabase } from "../../worker/store/door.ts";
import { metered, type Usage } from "./meter.ts";
import { checkAnswer } from "./openapi.ts";

export const START = Date.parse("2026-03-02T10:00:00.000Z");

export interface Edge {
  clock: { now: number };
  usage: Usage;
  resetUsage: () => void;
  env: typeof env;
  /**
   * One request; a body of text, bytes or a form travels as it is, anything else as JSON. The answer is one that the API
   * describes.
   */
  send: (method: string, path: string, options?: SendOptions) => Promise<Response>;
}
export interface SendOptions {
  token?: string;
  scheme?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** What the platform knows of the caller's place. */
  cf?: Record<string, string>;
}

/**
 * Of one database, unless a second one is among the overrides.
 * @param outside answers what the Worker asks of other servers.
 */
export function edge(overrides: Partial<typeof env> = {}, outside?: typeof fetch): Edge {
  const clock = { now: START };
  const meter = metered(overrides.DB ?? env.DB);
  const { DB_1: _second, ...first } = env;
  const bindings = { ...first, ...overrides, DB: meter.db };
  const app = createApp({ now: () => clock.now, newId: () => v7(), fetch: outside });
  const send = async (method: string, path: string, options: SendOptions = {}): Promise<Response> => {
    const { body, token, scheme = "Token" } = options;
    const headers = new Headers(options.headers);
    if (token !== undefined) headers.set("authorization", `${scheme} ${token}`);
    if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
    const isForm = body instanceof FormData || body instanceof URLSearchParams;
    const raw = typeof body === "string" || isForm || body instanceof Uint8Array;
    if (isForm) headers.delete("content-type");
    const request = new Request(`https://foyer.test${path}`, {
      method,
      headers,
      ...(options.cf ? { cf: options.cf } : {}),
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const response = await app.fetch(request, bindings);
    await checkAnswer(method, request.url, response);
    if (!response.headers.has("x-request-id")) throw new Error(`${method} ${path}: the answer has no id.`);
    return response;
  };
  return { clock, usage: meter.usage, resetUsage: meter.reset, env: bindings, send };
}

/** Sends as root and insists on success. */
export async function admin<T>(at: Edge, method: string, path: string, body?: unknown): Promise<T> {
  const response = await at.send(method, `/admin/v1${path}`, {
    token: at.env.FOYER_ROOT_TOKEN as string,
    scheme: "Bearer",
    body,
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? (null as T) : response.json<T>();
}

export interface Person {
  id: string;
  user_id: number;
  username: string;
  token: string;
}
export interface Tenant {
  id: string;
  accountId: number;
  admin: Person;
  agent: Person;
  otherAgent: Person;
  formId: string;
}

export const CONTACT_FIELDS = [
  { name: "name", type: "text", label: "Name", maps_to: "name" },
  { name: "email", type: "email", label: "E-mail", required: true, maps_to: "email" },
  { name: "phone", type: "phone", label: "Phone", maps_to: "phone" },
  { name: "message", type: "textarea", label: "Message", maps_to: "message" },
];

/** An organization with an administrator, two agents and a form that takes all comers. */
export async function tenant(at: Edge, options: { organization?: object; form?: object } = {}): Promise<Tenant> {
  const organization = await admin<{ id: string; account_id: number }>(at, "POST", "/organizations", {
    name: "Acme",
    subscription_until: new Date(at.clock.now + 365 * 86_400_000).toISOString(),
    ...options.organization,
  });
  const path = `/organizations/${organization.id}`;
  const user = (role: "admin" | "agent", first: string): Promise<Omit<Person, "token">> => {
    const names = { username: `${first}.${v7().slice(-12)}`, first_name: first, last_name: "Doe" };
    return admin(at, "POST", `${path}/users`, { ...names, role });
  };
  const withToken = async (who: Omit<Person, "token">): Promise<Person> => {
    const credential = { kind: "user_token", user_id: who.id };
    const { secret } = await admin<{ secret: string }>(at, "POST", `${path}/credentials`, credential);
    return { ...who, token: secret };
  };
  // Users one after the other, for the order of their integer ids; the rest at once, since every test waits for it.
  const users = [await user("admin", "ada"), await user("agent", "bob"), await user("agent", "cyd")] as const;
  const [formId, ada, bob, cyd] = await Promise.all([
    form(at, organization.id, options.form),
    ...([withToken(users[0]), withToken(users[1]), withToken(users[2])] as const),
  ]);
  return { id: organization.id, accountId: organization.account_id, admin: ada, agent: bob, otherAgent: cyd, formId };
}

/** @returns the id of a new form of name, e-mail, phone and message. */
export async function form(at: Edge, organizationId: string, settings: object = {}): Promise<string> {
  const made = await admin<{ id: string }>(at, "POST", `/organizations/${organizationId}/forms`, {
    name: "Contact us",
    fields: CONTACT_FIELDS,
    allowed_origins: ["*"],
    allow_null_origin: true,
    rate_limit_per_minute: null,
    address_rate_limit_per_minute: null,
    ...settings,
  });
  return made.id;
}

let people = 0;
/** Answers of somebody new. */
export const somebody = (): Record<string, string> => {
  people += 1;
  return {
    name: `Lead Man ${people}`,
    email: `lead.man.${people}@superheroes.gov`,
    message: `Call me, I am number ${people}.`,
  };
};

/** A capture of the widget; `body` overrides what a new person would send. */
export function capture(
  at: Edge,
  formId: string,
  body: Record<string, unknown> = {},
  headers: Record<string, string> = {},
) {
  return at.send("POST", `/v1/forms/${formId}/leads`, {
    headers,
    body: {
      submission_id: crypto.randomUUID(),
      visitor_id: crypto.randomUUID().replaceAll("-", ""),
      page: { url: "https://giosg.com", title: "Giosg - intelligent conversion marketing platform" },
      elapsed_ms: 9_000,
      data: somebody(),
      ...body,
    },
  });
}

/** Captures a new person's lead. @returns its id. */
export async function lead(at: Edge, formId: string, body: Record<string, unknown> = {}): Promise<string> {
  const response = await capture(at, formId, body);
  if (response.status !== 201) throw new Error(`capture: ${response.status} ${await response.text()}`);
  return (await response.json<{ id: string }>()).id;
}

/** As a verb is handed it. */
export const firstDatabase = ({ env: { DB } }: { env: Pick<typeof env, "DB"> }): Database =>
  openDatabase(DB, 0, { tell: () => {}, asker: () => undefined });
