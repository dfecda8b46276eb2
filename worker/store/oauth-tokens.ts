/**
 * Codes, families and refresh tokens. Each change is one batch whose first statement is the guard and whose later ones act
 * only where that one has: whatever breaks off, and however many ask at once, a code makes one family and a refresh token
 * one successor.
 */
import type { Grant, Scope } from "../domain/oauth.ts";
import type { SecretHash } from "./oauth.ts";

/** Whether what stands in `source` may still be used: its integration is not revoked, its user is active. */
const stands = (source: string) => `EXISTS (SELECT 1 FROM oauth_integration, user
    WHERE oauth_integration.id = ${source}.client_id AND oauth_integration.revoked_at IS NULL
      AND user.id = ${source}.user_id AND user.is_active = 1)`;

export interface NewCode extends SecretHash {
  id: string;
  clientId: string;
  userId: number;
  isRedirectNamed: boolean;
  challenge: string | null;
  scopes: Scope[];
  expiresAt: number;
}

/** Bound to the redirect URI of the moment. `meta.changes` is 0 where the integration is unknown, of another organization, or revoked. */
export function insertCode(db: D1Database, organizationId: number, code: NewCode): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO oauth_code (organization_id, id, client_id, user_id, hash, hash_key_id, redirect_uri,
        is_redirect_named, challenge, scopes, expires_at)
      SELECT organization_id, ?3, id, ?4, ?5, ?6, redirect_uri, ?7, ?8, ?9, ?10 FROM oauth_integration
      WHERE organization_id = ?1 AND id = ?2 AND revoked_at IS NULL`)
    .bind(
      organizationId,
      code.clientId,
      code.id,
      code.userId,
      code.hash,
      code.hashKeyId,
      code.isRedirectNamed ? 1 : 0,
      code.challenge,
      JSON.stringify(code.scopes),
      code.expiresAt,
    );
}

export interface CodeRow {
  client_id: string;
  hash: string;
  hash_key_id: string;
  redirect_uri: string;
  is_redirect_named: number;
  challenge: string | null;
  expires_at: number;
  family_id: string | null;
}

export function findCode(db: D1Database, organizationId: number, id: string): Promise<CodeRow | null> {
  return db
    .prepare(`SELECT client_id, hash, hash_key_id, redirect_uri, is_redirect_named, challenge, expires_at, family_id
      FROM oauth_code WHERE organization_id = ? AND id = ?`)
    .bind(organizationId, id)
    .first<CodeRow>();
}

export interface NewRefreshToken extends SecretHash {
  id: string;
  /** null for the first of a family. */
  salt: string | null;
  expiresAt: number;
}

/**
 * Redeems a code for a new family with its first refresh token; where the code made another family before, that one is
 * revoked instead, and the fourth statement's `meta.changes` is 1. The last one shows the new family.
 */
export function redeemCode(
  db: D1Database,
  organizationId: number,
  codeId: string,
  made: { familyId: string; token: NewRefreshToken },
  now: number,
): D1PreparedStatement[] {
  const { familyId, token } = made;
  const redeemed = "FROM oauth_code WHERE organization_id = ?1 AND id = ?2 AND family_id = ?3";
  return [
    db
      .prepare(`UPDATE oauth_code SET family_id = ?3 WHERE organization_id = ?1 AND id = ?2 AND family_id IS NULL
        AND expires_at > ?4 AND ${stands("oauth_code")}`)
      .bind(organizationId, codeId, familyId, now),
    db
      .prepare(`INSERT INTO oauth_family (id, organization_id, client_id, user_id, scopes, created_at, expires_at)
        SELECT family_id, organization_id, client_id, user_id, scopes, ?4, ?5 ${redeemed}`)
      .bind(organizationId, codeId, familyId, now, token.expiresAt),
    db
      .prepare(`INSERT INTO oauth_refresh_token (id, organization_id, family_id, generation, salt, hash, hash_key_id, expires_at)
        SELECT ?4, organization_id, family_id, 1, ?5, ?6, ?7, ?8 ${redeemed}`)
      .bind(organizationId, codeId, familyId, token.id, token.salt, token.hash, token.hashKeyId, token.expiresAt),
    db
      .prepare(`UPDATE oauth_family SET revoked_at = coalesce(revoked_at, ?4) WHERE organization_id = ?1
        AND id = (SELECT family_id FROM oauth_code WHERE organization_id = ?1 AND id = ?2 AND family_id <> ?3)`)
      .bind(organizationId, codeId, familyId, now),
    db
      .prepare("SELECT id, client_id, user_id, scopes FROM oauth_family WHERE organization_id = ? AND id = ?")
      .bind(organizationId, familyId),
  ];
}

export interface FamilyRow {
  id: string;
  client_id: string;
  user_id: number;
  scopes: string;
}

export const grantOf = (organizationId: number, row: FamilyRow): Grant => ({
  familyId: row.id,
  clientId: row.client_id,
  organizationId,
  userId: row.user_id,
  scopes: JSON.parse(row.scopes) as Scope[],
});

export interface RefreshRow extends FamilyRow {
  hash: string;
  hash_key_id: string;
  expires_at: number;
}

/** A refresh token with its family; `id` is the family's. */
export function findRefreshToken(db: D1Database, organizationId: number, id: string): Promise<RefreshRow | null> {
  return db
    .prepare(`SELECT token.hash, token.hash_key_id, token.expires_at, family.id, family.client_id, family.user_id,
        family.scopes
      FROM oauth_refresh_token AS token JOIN oauth_family AS family ON family.id = token.family_id
      WHERE token.organization_id = ? AND token.id = ?`)
    .bind(organizationId, id)
    .first<RefreshRow>();
}

export interface RotatedRow {
  /** Whether family, integration and user allow an answer. */
  stands: number;
  /** When the token that was sent was replaced; now, where this batch did it. */
  replaced_at: number | null;
  next_id: string | null;
  next_salt: string | null;
  next_hash_key_id: string | null;
  /** Not NULL: the successor was used too, so whoever holds its predecessor has had the answer. */
  next_replaced_at: number | null;
}

/**
 * Replaces a refresh token by its successor unless that happened before, and revokes the family where it happened before
 * `graceFrom` or the successor has been used. The fourth statement's `meta.changes` is 1 where this batch revoked it; the
 * last one shows the two tokens as they stand now.
 */
export function rotateRefreshToken(
  db: D1Database,
  organizationId: number,
  sent: { id: string; familyId: string },
  next: NewRefreshToken,
  time: { now: number; graceFrom: number },
): D1PreparedStatement[] {
  const family = `EXISTS (SELECT 1 FROM oauth_family AS family WHERE family.organization_id = ?1
    AND family.id = ?3 AND family.revoked_at IS NULL AND ${stands("family")})`;
  const both = `FROM oauth_refresh_token AS sent LEFT JOIN oauth_refresh_token AS next
    ON next.family_id = sent.family_id AND next.generation = sent.generation + 1
    WHERE sent.organization_id = ?1 AND sent.id = ?2`;
  return [
    db
      .prepare(`UPDATE oauth_refresh_token SET replaced_at = ?4 WHERE organization_id = ?1 AND id = ?2
        AND replaced_at IS NULL AND expires_at > ?4 AND ${family}`)
      .bind(organizationId, sent.id, sent.familyId, time.now),
    db
      .prepare(`INSERT INTO oauth_refresh_token (id, organization_id, family_id, generation, salt, hash, hash_key_id, expires_at)
        SELECT ?4, sent.organization_id, sent.family_id, sent.generation + 1, ?5, ?6, ?7, ?8 ${both}
          AND sent.family_id = ?3 AND sent.replaced_at = ?9 AND next.id IS NULL`)
      .bind(
        organizationId,
        sent.id,
        sent.familyId,
        next.id,
        next.salt,
        next.hash,
        next.hashKeyId,
        next.expiresAt,
        time.now,
      ),
    db
      .prepare(`UPDATE oauth_family SET expires_at = max(expires_at, ?3) WHERE organization_id = ?1
        AND id = (SELECT family_id FROM oauth_refresh_token WHERE organization_id = ?1 AND id = ?2)`)
      .bind(organizationId, next.id, next.expiresAt),
    db
      .prepare(`UPDATE oauth_family SET revoked_at = ?4 WHERE organization_id = ?1 AND id = ?3 AND revoked_at IS NULL
        AND EXISTS (SELECT 1 ${both} AND (sent.replaced_at < ?5 OR next.replaced_at IS NOT NULL))`)
      .bind(organizationId, sent.id, sent.familyId, time.now, time.graceFrom),
    db
      .prepare(`SELECT ${family} AS stands, sent.replaced_at, next.id AS next_id, next.salt AS next_salt,
          next.hash_key_id AS next_hash_key_id, next.replaced_at AS next_replaced_at ${both}`)
      .bind(organizationId, sent.id, sent.familyId),
  ];
}

/** Forgets what can be used no more. Tokens before their families, which they name. */
export function clearExpiredGrants(db: D1Database, now: number): D1PreparedStatement[] {
  return [
    db.prepare("DELETE FROM oauth_code WHERE expires_at < ?").bind(now),
    db.prepare("DELETE FROM oauth_refresh_token WHERE expires_at < ?").bind(now),
    db.prepare("DELETE FROM oauth_family WHERE expires_at < ?").bind(now),
  ];
}
