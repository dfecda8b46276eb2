/**
 * What every measurement begins with: Foyer with an organization, its forms, people and credentials, made by its own API.
 * It is made once; each edge starts from a copy.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseEnv } from "node:util";
import { adminClient } from "../../scripts/lib/admin-client.ts";
import { chatForm, plainForm } from "../../scripts/lib/demo-forms.ts";
import { openSecrets, secretsFile } from "../../scripts/lib/secrets.ts";
import { SUBSCRIBED_UNTIL } from "../../scripts/lib/seed.ts";
import { migrate } from "../../scripts/lib/wrangler.ts";
import type { Bundle } from "./bundle.ts";
import { type LocalEdge, type Options, openLocalEdge, runLocalEdge } from "./local-edge.ts";

/** wrangler.toml's. */
const DATABASE = "00000000-0000-0000-0000-000000000000";
/** Of the form's limits: counted as ever, and never met. */
const NEVER_MET = 1_000_000;

export interface World {
  foyer: Bundle;
  /** The folder to copy. */
  state: string;
  rootToken: string;
  organization: { id: string; account_id: number };
  /** With limits for the form and for each address, which is what a capture costs most with. */
  formId: string;
  chatFormId: string;
  user: { id: string; user_id: number; token: string };
  apiKey: string;
}

/** @param building goes on while the database is made. */
export async function makeWorld(building: Promise<Bundle>): Promise<World> {
  let rootToken = "";
  const edge = await openLocalEdge(async (state) => {
    ({ rootToken } = openSecrets(state));
    await Promise.all([building, migrate(state)]);
    return foyerOptions(await building, state);
  });
  const foyer = await building;
  const admin = adminClient(edge.url, rootToken);
  const { id, account_id } = await admin.createOrganization({ name: "Bench", subscription_until: SUBSCRIBED_UNTIL });
  const limits = { rate_limit_per_minute: NEVER_MET, address_rate_limit_per_minute: NEVER_MET };
  const form = await admin.createForm(id, { ...plainForm, ...limits });
  const chat = await admin.createForm(id, chatForm);
  const person = { username: "ann", first_name: "Ann", last_name: "Agent", role: "admin" as const };
  const user = await admin.createUser(id, person);
  const { secret: token } = await admin.createCredential(id, { kind: "user_token", user_id: user.id });
  const { secret: apiKey } = await admin.createCredential(id, { kind: "api_key" });
  await edge.stop();
  return {
    ...{ foyer, state: edge.state, rootToken, apiKey },
    organization: { id, account_id },
    formId: form.id,
    chatFormId: chat.id,
    user: { id: user.id, user_id: user.user_id, token },
  };
}

/**
 * The Worker as it is deployed, but for two things. One visitor alone would meet the pace that people are held to. And a
 * line a request would come through the load generator's own process, where a deployment's lines are the platform's.
 */
function foyerOptions({ folder, file }: Bundle, state: string): Options {
  return {
    modules: true,
    modulesRoot: folder,
    scriptPath: file,
    bindings: { ...parseEnv(readFileSync(secretsFile(state), "utf8")), FOYER_CHAT_RATE: "off", FOYER_LOG: "errors" },
    d1Databases: { DB: DATABASE },
    durableObjects: {
      ROOMS: { className: "ChatRoom", useSQLite: true },
      INBOXES: { className: "Inbox", useSQLite: true },
    },
  };
}

/** @param seed puts leads into its database before it runs. */
export const openFoyer = (world: World, seed?: (db: DatabaseSync) => void): Promise<LocalEdge> =>
  openLocalEdge((state) => {
    if (seed) withDatabase(state, seed);
    return foyerOptions(world.foyer, state);
  }, world.state);

/** On a state folder itself, as it was left. */
export const reopenFoyer = (foyer: Bundle, state: string): Promise<LocalEdge> =>
  runLocalEdge(state, foyerOptions(foyer, state));

/** Another Worker over a copy of the same database. */
export const openBeside = (world: World, worker: Options, seed?: (db: DatabaseSync) => void): Promise<LocalEdge> =>
  openLocalEdge((state) => {
    if (seed) withDatabase(state, seed);
    return { modules: true, d1Databases: { DB: DATABASE }, ...worker } as Options;
  }, world.state);

/** The file of the only D1 database of a state folder. */
export function databaseFile(state: string): string {
  const found = readdirSync(join(state, "v3"), { recursive: true, encoding: "utf8" }).filter((path) =>
    /D1DatabaseObject.*[0-9a-f]{64}\.sqlite$/.test(path),
  );
  if (found.length !== 1) throw new Error(`${state} has ${found.length} databases`);
  return join(state, "v3", found[0] as string);
}

/** Reads or fills a database on its own file, while nobody else writes to it. */
export function withDatabase<T>(state: string, act: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(databaseFile(state));
  try {
    return act(db);
  } finally {
    db.close();
  }
}
