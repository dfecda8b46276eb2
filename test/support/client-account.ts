/** An account on the real server, with an integration, as public clients of the v4 API find it. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Server } from "./server.ts";

const REDIRECT_URI = "https://client.example/oauth";

export interface ClientAccount {
  accountId: number;
  userId: number;
  /** The administrator's own token, which works as long as it is not revoked. */
  token: string;
  /** What a client is configured with; the code can be used once. */
  oauth: { client_id: string; client_secret: string; redirect_uri: string; code: string };
}

export async function clientAccount({ admin }: Server): Promise<ClientAccount> {
  const subscription_until = new Date(Date.now() + 3_600_000).toISOString();
  const organization = await admin.createOrganization({ name: "Acme", subscription_until });
  const names = { username: "ada", first_name: "Ada", last_name: "Lovelace" };
  const user = await admin.createUser(organization.id, { ...names, role: "admin" });
  const { secret: token } = await admin.createCredential(organization.id, { kind: "user_token", user_id: user.id });
  const wanted = { name: "Client", redirect_uri: REDIRECT_URI };
  const { id: client_id, secret: client_secret } = await admin.createIntegration(organization.id, wanted);
  const { code } = await admin.createCode(organization.id, client_id, user.id);
  const oauth = { client_id, client_secret, redirect_uri: REDIRECT_URI, code };
  return { accountId: organization.account_id, userId: user.user_id, token, oauth };
}

/** Makes a chat of an incoming lead, as long as the API has no other way to one. The server must be down. */
export function becomesChat(server: Server, uid: string): void {
  const folder = join(server.state, "v3", "d1", "miniflare-D1DatabaseObject");
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".sqlite") && !name.startsWith("metadata"))) {
    const db = new DatabaseSync(join(folder, file));
    db.prepare("UPDATE incoming_lead SET category = 'chats' WHERE uid = ?").run(uid);
    db.close();
  }
}
