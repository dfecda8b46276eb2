/**
 * The demo organization of a local server: one administrator, three forms, a token to read its leads with, and a password
 * for its inbox. Ids are
 * chosen beforehand, so that every step can be repeated and a start that broke off between two is mended by the next.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AdminClient, adminClient, unlessThere } from "./admin-client.ts";
import { inlineForm, popupForm, talkForm } from "./demo-forms.ts";
import { type LocalSecrets, writePrivate } from "./secrets.ts";

/** Far enough away that nobody meets it, near enough that every system can write it. */
export const SUBSCRIBED_UNTIL = "2099-12-31T00:00:00Z";

export const tokenFile = (state: string): string => join(state, "demo-token");
export const passwordFile = (state: string): string => join(state, "demo-password");
export const DEMO_USER = "demo";
export const leadsUrl = (url: string, organization: string): string => `${url}/api/v5/orgs/${organization}/leads`;

/** The page where the organization's users sign in. */
export const inboxUrl = (url: string, organization: string): string => `${url}/inbox?organization=${organization}`;

const PASSWORD_BYTES = 12;

/** Makes what the demo lacks. @throws AdminError where the server refuses. */
export async function seedDemo(url: string, state: string, secrets: LocalSecrets): Promise<void> {
  const { demo, rootToken } = secrets;
  const admin = adminClient(url, rootToken);
  await unlessThere(
    admin.createOrganization({ id: demo.organization, name: "Foyer demo", subscription_until: SUBSCRIBED_UNTIL }),
  );
  const password = openPassword(state);
  const [, , user] = await Promise.all([
    unlessThere(admin.createForm(demo.organization, { ...popupForm, id: demo.popupForm })),
    unlessThere(admin.createForm(demo.organization, { ...inlineForm, id: demo.inlineForm })),
    unlessThere(admin.createForm(demo.organization, { ...talkForm, id: demo.chatForm })),
    unlessThere(
      admin.createUser(demo.organization, {
        id: demo.user,
        username: DEMO_USER,
        first_name: "Demo",
        last_name: "Admin",
        role: "admin",
        password,
      }),
    ),
  ]);
  // There already, and maybe with another password: made by an earlier version, or the file was removed.
  if (!user && !(await isPassword(url, demo.organization, password))) {
    await admin.setPassword(demo.organization, demo.user, password);
  }
  if (!(await hasWorkingToken(url, state, demo.organization))) await makeToken(admin, state, demo);
}

function openPassword(state: string): string {
  const path = passwordFile(state);
  if (!existsSync(path)) writePrivate(path, `${randomBytes(PASSWORD_BYTES).toString("base64url")}\n`);
  return readFileSync(path, "utf8").trim();
}

/** A new password ends what is signed in, so that the same is not set again; nor where attempts are refused for a while. */
async function isPassword(url: string, organization: string, password: string): Promise<boolean> {
  const answer = await fetch(`${url}/inbox/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ organization, username: DEMO_USER, password }),
  });
  return answer.status !== 401;
}

async function hasWorkingToken(url: string, state: string, organization: string): Promise<boolean> {
  const path = tokenFile(state);
  if (!existsSync(path)) return false;
  const headers = { Authorization: `Token ${readFileSync(path, "utf8").trim()}` };
  // Refused where the database was removed and the token was not.
  return (await fetch(leadsUrl(url, organization), { headers })).status === 200;
}

async function makeToken(admin: AdminClient, state: string, demo: LocalSecrets["demo"]): Promise<void> {
  const credential = await admin.createCredential(demo.organization, {
    kind: "user_token",
    user_id: demo.user,
    name: "npm start",
  });
  writePrivate(tokenFile(state), `${credential.secret}\n`);
}
