/** What opens which door: every kind of credential at every API, as their rules name them. */
import { beforeEach, describe, expect, test } from "vitest";
import { CREDENTIALS_OF } from "../../worker/domain/credentials.ts";
import { type Edge, form, lead } from "../support/edge.ts";
import { row } from "../support/rows.ts";
import { signedIn, signInScene } from "./crm/login.ts";
import type { CrmTenant } from "./crm/v1.ts";
import { codeFor, connect, program } from "./oauth/client.ts";
import { signedIn as operatorSession } from "./operators/operators.ts";

const KINDS = [
  ...["administrator's token", "agent's token", "program's access token", "login's access token", "organization's key"],
  ...[
    "operator's session",
    "root token",
    "program's refresh token",
    "program's secret",
    "program's code",
    "login's refresh token",
  ],
] as const;
type Kind = (typeof KINDS)[number];

interface World {
  at: Edge;
  of: CrmTenant;
  secrets: Record<Kind, string>;
  leadId: number;
  chatFormId: string;
}

interface Door {
  name: keyof typeof CREDENTIALS_OF;
  /** How the secret is shown, and what beside it. */
  shown: string;
  path: (world: World) => string;
  headers: (secret: string, world: World) => Record<string, string>;
  opens: readonly Kind[];
}

const scheme = (name: string) => (secret: string) => ({ authorization: `${name} ${secret}` });
const basic = (user: string, password: string) => ({ authorization: `Basic ${btoa(`${user}:${password}`)}` });
const USERS = ["administrator's token", "agent's token"] as const;
const PROGRAMS = [...USERS, "program's access token"] as const;

const ORG_USER = { name: "org-user", path: ({ of }: World) => `/api/v5/orgs/${of.id}/leads`, opens: PROGRAMS } as const;
const UNSORTED = { name: "unsorted", path: () => "/api/v4/leads/unsorted", opens: PROGRAMS } as const;
const CRM = { name: "crm", path: () => "/api/v1/leads/list/" } as const;
const SUMMARY = { name: "lead-summary", path: ({ leadId }: World) => `/api/v1/leads/summary/${leadId}` } as const;
const GET_LEADS = {
  name: "get-leads",
  path: ({ chatFormId }: World) => `/api/v1/get-leads?chatbotId=${chatFormId}`,
  opens: [...USERS, "organization's key"],
} as const;

const DOORS: readonly Door[] = [
  { ...ORG_USER, shown: "Bearer", headers: scheme("Bearer") },
  { ...ORG_USER, shown: "Token", headers: scheme("Token") },
  { ...UNSORTED, shown: "Bearer", headers: scheme("Bearer") },
  {
    ...CRM,
    shown: "Bearer, with the organization's key",
    headers: (secret, { of }) => ({ apikey: of.apiKey, ...scheme("Bearer")(secret) }),
    opens: [...USERS, "login's access token"],
  },
  { ...CRM, shown: "Bearer alone", headers: scheme("Bearer"), opens: [] },
  {
    ...CRM,
    shown: "apikey, with a user's token",
    headers: (secret, { of }) => ({ apikey: secret, ...scheme("Bearer")(of.agent.token) }),
    opens: ["organization's key"],
  },
  { ...CRM, shown: "apikey alone", headers: (secret) => ({ apikey: secret }), opens: [] },
  { ...SUMMARY, shown: "Bearer", headers: scheme("Bearer"), opens: PROGRAMS },
  {
    ...SUMMARY,
    shown: "Basic, after the organization's key",
    headers: (secret, { of }) => basic(of.apiKey, secret),
    opens: USERS,
  },
  {
    ...SUMMARY,
    shown: "Basic, before a user's token",
    headers: (secret, { of }) => basic(secret, of.agent.token),
    opens: ["organization's key"],
  },
  { ...GET_LEADS, shown: "Bearer", headers: scheme("Bearer") },
  {
    name: "admin",
    shown: "Bearer",
    path: ({ of }) => `/admin/v1/organizations/${of.id}/users`,
    headers: scheme("Bearer"),
    opens: ["root token", "administrator's token"],
  },
  { name: "operators", shown: "Bearer", path: () => "/admin/v1/rooms", headers: scheme("Bearer"), opens: USERS },
  {
    name: "operators",
    shown: "the page's cookie",
    path: () => "/admin/v1/rooms",
    headers: (secret) => ({ cookie: `__Host-foyer_session=${secret}` }),
    opens: ["operator's session"],
  },
];

let world: World;
beforeEach(async () => {
  const { at, of } = await signInScene();
  const login = await signedIn(at, of, of.admin);
  const sync = await program(at, of);
  const granted = await connect(at, of, sync);
  const uuid = await lead(at, of.formId);
  world = {
    at,
    of,
    secrets: {
      "administrator's token": of.admin.token,
      "agent's token": of.agent.token,
      "program's access token": granted.access_token,
      "program's refresh token": granted.refresh_token,
      "program's secret": sync.secret,
      "program's code": await codeFor(at, of, sync),
      "login's access token": login.access,
      "login's refresh token": login.refresh,
      "operator's session": (await operatorSession(at, of)).cookie.split("=")[1] as string,
      "organization's key": of.apiKey,
      "root token": at.env.FOYER_ROOT_TOKEN as string,
    },
    leadId: (await row<{ id: number }>("SELECT id FROM lead WHERE uuid = ?", uuid)).id,
    chatFormId: await form(at, of.id, { mode: "chat" }),
  };
});

let knocks = 0;
/** From an address of its own: who fails often at admin's door has to wait. */
function knock(door: Door, kind: Kind): Promise<Response> {
  knocks += 1;
  const address = `192.0.${knocks >> 8}.${knocks & 255}`;
  const headers = { ...door.headers(world.secrets[kind], world), "cf-connecting-ip": address };
  return world.at.send("GET", door.path(world), { headers });
}

/** Who is somebody there, and may not: an agent at admin's door, and the root token where users are asked for. */
const isKnown = ({ name, shown }: Door, kind: Kind): boolean =>
  name === "admin" ? kind === "agent's token" : name === "operators" && !/cookie/.test(shown) && kind === "root token";

/** Whom the door lets in, of those who knock one after the other. */
async function letIn(door: Door, order: readonly Kind[]): Promise<Kind[]> {
  const found: Kind[] = [];
  for (const kind of order) {
    const response = await knock(door, kind);
    if (response.ok) found.push(kind);
    else expect([kind, response.status]).toEqual([kind, isKnown(door, kind) ? 403 : 401]);
  }
  return KINDS.filter((kind) => found.includes(kind));
}

describe.each(DOORS)("$name, by $shown", (door) => {
  test(`lets in ${door.opens.join(", ") || "nobody"}, and nobody else`, async () => {
    const expected = KINDS.filter((kind) => door.opens.includes(kind));
    expect(await letIn(door, KINDS)).toEqual(expected);
  });

  test("also while every secret is warm from the other doors", async () => {
    for (const other of DOORS) await letIn(other, KINDS);
    expect(await letIn(door, [...KINDS].reverse())).toEqual(KINDS.filter((kind) => door.opens.includes(kind)));
  });
});

test("every API has its doors here", () => {
  expect([...new Set(DOORS.map(({ name }) => name))].sort()).toEqual(Object.keys(CREDENTIALS_OF).sort());
});
