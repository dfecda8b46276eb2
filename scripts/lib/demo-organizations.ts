/** Organizations to try the APIs with: two tenants that must not see each other, and one that has stopped paying. */
import { randomBytes } from "node:crypto";
import type { AdminClient, DuplicatePolicy, Organization, Role } from "./admin-client.ts";
import { chatForm, plainForm, processableForm } from "./demo-forms.ts";
import { SUBSCRIBED_UNTIL } from "./seed.ts";

export interface DemoUser {
  id: string;
  user_id: number;
  username: string;
  password: string;
  role: Role;
  token: string;
}

/** An OAuth client with an authorization code of the administrator's, to be redeemed once within 20 minutes. */
export interface DemoClient {
  client_id: string;
  client_secret: string;
  redirect_uri: string;
  code: string;
}

export interface DemoOrganization {
  key: string;
  id: string;
  account_id: number;
  name: string;
  subscription: "active" | "lapsed";
  api_key: string;
  client: DemoClient;
  users: DemoUser[];
  forms: { id: string; mode: "form" | "chat"; is_processable: boolean; duplicate_policy: DuplicatePolicy }[];
}

/** Nobody answers there; programs that redeem the code name it. */
const REDIRECT_URI = "https://client.example/callback";

const TENANTS = [
  { key: "acme", name: "Acme", subscription_until: SUBSCRIBED_UNTIL },
  { key: "globex", name: "Globex", subscription_until: SUBSCRIBED_UNTIL },
  { key: "lapsed", name: "Lapsed", subscription_until: null },
];
const PEOPLE: { first_name: string; last_name: string; role: Role }[] = [
  { first_name: "Ada", last_name: "Abel", role: "admin" },
  { first_name: "Bo", last_name: "Berg", role: "agent" },
  { first_name: "Cleo", last_name: "Cruz", role: "agent" },
];

/** Makes all of them anew. @throws AdminError at the first refusal; what was made until then stays. */
export async function makeDemoOrganizations(admin: AdminClient): Promise<DemoOrganization[]> {
  const made: { key: string; organization: Organization }[] = [];
  for (const { key, ...input } of TENANTS) {
    // One after the other, so that account ids rise in the order in which they are shown.
    made.push({ key, organization: await admin.createOrganization(input) });
  }
  return Promise.all(made.map(({ key, organization }) => furnish(admin, key, organization)));
}

async function furnish(admin: AdminClient, key: string, organization: Organization): Promise<DemoOrganization> {
  const [apiKey, users] = await Promise.all([
    admin.createCredential(organization.id, { kind: "api_key", name: "demo" }),
    Promise.all(PEOPLE.map((person) => makeUser(admin, organization, key, person))),
  ]);
  const ownedChatForm = { ...chatForm, owner_id: administratorOf(users).id };
  const forms = await Promise.all(
    [plainForm, processableForm, ownedChatForm].map((form) => admin.createForm(organization.id, form)),
  );
  return {
    key,
    id: organization.id,
    account_id: organization.account_id,
    name: organization.name,
    subscription: organization.subscription,
    api_key: apiKey.secret,
    client: await makeClient(admin, organization, users),
    users,
    forms: forms.map(({ id, mode, is_processable, duplicate_policy }) => ({
      id,
      mode,
      is_processable,
      duplicate_policy,
    })),
  };
}

const administratorOf = (users: DemoUser[]) => users.find((user) => user.role === "admin") as DemoUser;

async function makeClient(admin: AdminClient, organization: Organization, users: DemoUser[]): Promise<DemoClient> {
  const integration = await admin.createIntegration(organization.id, { name: "Demo", redirect_uri: REDIRECT_URI });
  const { code } = await admin.createCode(organization.id, integration.id, administratorOf(users).id);
  return { client_id: integration.id, client_secret: integration.secret, redirect_uri: REDIRECT_URI, code };
}

async function makeUser(
  admin: AdminClient,
  organization: Organization,
  key: string,
  person: (typeof PEOPLE)[number],
): Promise<DemoUser> {
  // Part of the organization's id, so that user names stay apart however often the demo is made.
  const username = `${person.first_name.toLowerCase()}-${key}-${organization.id.slice(-8)}`;
  const password = randomBytes(18).toString("base64url");
  const user = await admin.createUser(organization.id, { ...person, username, password });
  const token = await admin.createCredential(organization.id, { kind: "user_token", user_id: user.id, name: "demo" });
  return { id: user.id, user_id: user.user_id, username, password, role: user.role, token: token.secret };
}
