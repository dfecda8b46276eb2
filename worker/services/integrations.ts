/** Programs of an organization that act for its users: made, listed, recognised, revoked. */
import type { LeadFailure } from "../domain/failure.ts";
import type { GrantFailure, Integration } from "../domain/oauth.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { formId, shardOfForm } from "../domain/shard.ts";
import { brokenRule } from "../store/d1.ts";
import type { Database } from "../store/database.ts";
import {
  type Client,
  findClient as find,
  insertIntegration,
  listIntegrations as list,
  revokeIntegration as revoke,
} from "../store/oauth.ts";
import type { Context } from "./context.ts";
import { type Authority, forgetCredentials } from "./credentials.ts";
import { hmac, sameSecret } from "./key-ring.ts";
import { newSecretRandom } from "./secret-text.ts";

const PURPOSE = "oauth-client";

export interface KnownClient extends Client {
  db: Database;
}

/** Makes an integration. @returns it with its secret, this once; conflict where the id is taken. */
export async function createIntegration(
  ctx: Context,
  organizationId: number,
  input: { id?: string; name: string; redirectUri: string },
): Promise<Result<Integration & { secret: string }, LeadFailure>> {
  const integration: Integration = {
    id: input.id ?? formId(ctx.newId(), ctx.db.number),
    name: input.name,
    redirectUri: input.redirectUri,
    revokedAt: null,
    createdAt: ctx.now,
  };
  const secret = newSecretRandom();
  const hash = { hash: hmac(ctx.keys, PURPOSE, secret) as string, hashKeyId: ctx.keys.current };
  try {
    await insertIntegration(ctx.db, organizationId, integration, hash).run();
  } catch (error) {
    if (brokenRule(error) !== "identity") throw error;
    return fail({ kind: "conflict" });
  }
  return ok({ ...integration, secret });
}

/** A page in the order of creation, and one more; without secrets. */
export const listIntegrations = (
  ctx: Context,
  organizationId: number,
  after: { at: number; id: string },
  limit: number,
): Promise<Integration[]> => list(ctx.db, organizationId, after, limit);

/**
 * Ends an integration with all that it was granted: no code and no refresh token of it is taken from here on, access
 * tokens are refused here at once and everywhere within CACHE_TTL_MS.
 */
export async function revokeIntegration(
  ctx: Context,
  organizationId: number,
  id: string,
): Promise<Result<null, LeadFailure>> {
  const { meta } = await revoke(ctx.db, organizationId, id, ctx.now).run();
  forgetCredentials(organizationId);
  return meta.changes > 0 ? ok(null) : fail({ kind: "not-found" });
}

/** @returns null for an unknown and for a revoked one alike. */
export async function findClient(databases: readonly Database[], clientId: string): Promise<KnownClient | null> {
  const db = databases[shardOfForm(clientId) ?? -1];
  const client = db === undefined ? null : await find(db, clientId);
  return db === undefined || client === null || client.integration.revokedAt !== null ? null : { ...client, db };
}

/** A program that says who it is and proves it. */
export async function authenticateClient(
  { databases, keys }: Authority,
  clientId: string,
  secret: string,
): Promise<Result<KnownClient, GrantFailure>> {
  const client = await findClient(databases, clientId);
  const expected = client && hmac(keys, PURPOSE, secret, client.hashKeyId);
  if (!client || !expected || !sameSecret(expected, client.hash)) return fail("invalid-client");
  return ok(client);
}
