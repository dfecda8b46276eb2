/** Programs that act for users, and whether what they were granted still stands. */
import type { Integration } from "../domain/oauth.ts";
import type { Organization, User } from "../domain/organization.ts";
import { ORGANIZATION_COLUMNS, type OrganizationRow, organizationOf } from "./organizations.ts";
import { USER_COLUMNS, type UserRow, userOf } from "./people.ts";

interface IntegrationRow {
  id: string;
  name: string;
  redirect_uri: string;
  revoked_at: number | null;
  created_at: number;
}
const INTEGRATION_COLUMNS = ["id", "name", "redirect_uri", "revoked_at", "created_at"]
  .map((column) => `oauth_integration.${column}`)
  .join(", ");

const integrationOf = (row: IntegrationRow): Integration => ({
  id: row.id,
  name: row.name,
  redirectUri: row.redirect_uri,
  revokedAt: row.revoked_at,
  createdAt: row.created_at,
});

/** What is kept of a secret, and the key of the ring that made it. */
export interface SecretHash {
  hash: string;
  hashKeyId: string;
}

/** Refused by the rule `identity` where the client id is taken. */
export function insertIntegration(
  db: D1Database,
  organizationId: number,
  integration: Integration,
  secret: SecretHash,
): D1PreparedStatement {
  const { id, name, redirectUri, createdAt } = integration;
  return db
    .prepare(`INSERT INTO oauth_integration (organization_id, id, name, redirect_uri, hash, hash_key_id, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)`)
    .bind(organizationId, id, name, redirectUri, secret.hash, secret.hashKeyId, createdAt);
}

/** A page in the order of creation, and one more. */
export async function listIntegrations(
  db: D1Database,
  organizationId: number,
  after: { at: number; id: string },
  limit: number,
): Promise<Integration[]> {
  const { results } = await db
    .prepare(`SELECT ${INTEGRATION_COLUMNS} FROM oauth_integration
      WHERE organization_id = ? AND (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?`)
    .bind(organizationId, after.at, after.id, limit + 1)
    .all<IntegrationRow>();
  return results.map(integrationOf);
}

/** Revoking twice keeps the first time. @returns rows changed through `meta.changes`: 0 for an unknown one. */
export function revokeIntegration(db: D1Database, organizationId: number, id: string, now: number) {
  return db
    .prepare(
      "UPDATE oauth_integration SET revoked_at = coalesce(revoked_at, ?3) WHERE organization_id = ?1 AND id = ?2",
    )
    .bind(organizationId, id, now);
}

export interface Client extends SecretHash {
  integration: Integration;
  organization: Organization;
}

/** By the client id alone, which is all that a program says of itself; revoked ones too. */
export async function findClient(db: D1Database, id: string): Promise<Client | null> {
  const row = await db
    .prepare(`SELECT ${INTEGRATION_COLUMNS}, oauth_integration.hash, oauth_integration.hash_key_id, ${ORGANIZATION_COLUMNS}
      FROM oauth_integration JOIN organization ON organization.id = oauth_integration.organization_id
      WHERE oauth_integration.id = ?`)
    .bind(id)
    .first<IntegrationRow & OrganizationRow & { hash: string; hash_key_id: string }>();
  if (row === null) return null;
  const secret = { hash: row.hash, hashKeyId: row.hash_key_id };
  return { integration: integrationOf(row), organization: organizationOf(row), ...secret };
}

/**
 * For whom a family stands.
 * @returns null where it does not any more: it, its integration or its user was revoked, or it never was.
 */
export async function findGrantHolder(
  db: D1Database,
  grant: { organizationId: number; familyId: string; clientId: string; userId: number },
): Promise<{ organization: Organization; user: User } | null> {
  const row = await db
    .prepare(`SELECT ${ORGANIZATION_COLUMNS}, ${USER_COLUMNS}
      FROM oauth_family AS family
        JOIN oauth_integration ON oauth_integration.id = family.client_id AND oauth_integration.revoked_at IS NULL
        JOIN organization ON organization.id = family.organization_id
        JOIN user ON user.id = family.user_id AND user.is_active = 1
      WHERE family.organization_id = ? AND family.id = ? AND family.client_id = ? AND family.user_id = ?
        AND family.revoked_at IS NULL`)
    .bind(grant.organizationId, grant.familyId, grant.clientId, grant.userId)
    .first<OrganizationRow & UserRow>();
  return row === null ? null : { organization: organizationOf(row), user: userOf(row) };
}

/** Who signs in by this name, with the password's hash; deactivated ones too. */
export async function findSignIn(
  db: D1Database,
  organizationId: number,
  username: string,
): Promise<{ user: User; passwordHash: string | null } | null> {
  const row = await db
    .prepare(`SELECT ${USER_COLUMNS}, user.password_hash FROM user WHERE organization_id = ? AND username = ?`)
    .bind(organizationId, username)
    .first<UserRow & { password_hash: string | null }>();
  return row === null ? null : { user: userOf(row), passwordHash: row.password_hash };
}

/** An active user with the password's hash and the organization, by their numbers. */
export async function findLoginHolder(
  db: D1Database,
  who: { organizationId: number; userId: number },
): Promise<{ organization: Organization; user: User; passwordHash: string | null } | null> {
  const row = await db
    .prepare(`SELECT ${ORGANIZATION_COLUMNS}, ${USER_COLUMNS}, user.password_hash
      FROM user JOIN organization ON organization.id = user.organization_id
      WHERE user.organization_id = ? AND user.id = ? AND user.is_active = 1`)
    .bind(who.organizationId, who.userId)
    .first<OrganizationRow & UserRow & { password_hash: string | null }>();
  if (row === null) return null;
  return { organization: organizationOf(row), user: userOf(row), passwordHash: row.password_hash };
}
