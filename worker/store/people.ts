/** Users and credentials. */
import type { Credential, Organization, Role, User } from "../domain/organization.ts";
import { ORGANIZATION_COLUMNS, type OrganizationRow, organizationOf } from "./organizations.ts";

export interface UserRow {
  user_id: number;
  user_uuid: string;
  user_organization_id: number;
  username: string;
  first_name: string;
  last_name: string;
  role: Role;
  is_active: number;
  user_created_at: number;
}

export const USER_COLUMNS = `user.id AS user_id, user.uuid AS user_uuid, user.organization_id AS user_organization_id,
  user.username, user.first_name, user.last_name, user.role, user.is_active, user.created_at AS user_created_at`;

export const userOf = (row: UserRow): User => ({
  id: row.user_id,
  uuid: row.user_uuid,
  organizationId: row.user_organization_id,
  username: row.username,
  firstName: row.first_name,
  lastName: row.last_name,
  role: row.role,
  isActive: row.is_active === 1,
  createdAt: row.user_created_at,
});

export async function findUser(db: D1Database, organizationId: number, uuid: string): Promise<User | null> {
  const row = await db
    .prepare(`SELECT ${USER_COLUMNS} FROM user WHERE organization_id = ? AND uuid = ?`)
    .bind(organizationId, uuid)
    .first<UserRow>();
  return row === null ? null : userOf(row);
}

/** By the integer id that some dialects use. */
export async function findUserById(db: D1Database, organizationId: number, id: number): Promise<User | null> {
  const row = await db
    .prepare(`SELECT ${USER_COLUMNS} FROM user WHERE organization_id = ? AND id = ?`)
    .bind(organizationId, id)
    .first<UserRow>();
  return row === null ? null : userOf(row);
}

/** An active user by the name that the CRM knows people by. */
export function activeUserByName(db: D1Database, organizationId: number, username: string): D1PreparedStatement {
  return db
    .prepare("SELECT id, uuid FROM user WHERE organization_id = ? AND username = ? AND is_active = 1")
    .bind(organizationId, username);
}

/** A page in the order of integer ids, and one more. */
export async function listUsers(
  db: D1Database,
  organizationId: number,
  afterId: number,
  limit: number,
): Promise<User[]> {
  const { results } = await db
    .prepare(`SELECT ${USER_COLUMNS} FROM user WHERE organization_id = ? AND id > ? ORDER BY id LIMIT ?`)
    .bind(organizationId, afterId, limit + 1)
    .all<UserRow>();
  return results.map(userOf);
}

/** Refused by the rule `identity` where the username or the uuid is taken. */
export function insertUser(db: D1Database, user: Omit<User, "id">, passwordHash: string | null): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO user (organization_id, uuid, username, first_name, last_name, role, is_active, password_hash,
      created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)`)
    .bind(
      user.organizationId,
      user.uuid,
      user.username,
      user.firstName,
      user.lastName,
      user.role,
      user.isActive ? 1 : 0,
      passwordHash,
      user.createdAt,
    );
}

/** @param passwordHash undefined keeps the password. */
export function updateUser(
  db: D1Database,
  user: User,
  passwordHash: string | undefined,
  now: number,
): D1PreparedStatement {
  return db
    .prepare(`UPDATE user SET username = ?3, first_name = ?4, last_name = ?5, role = ?6, is_active = ?7,
      password_hash = coalesce(?8, password_hash), updated_at = ?9 WHERE organization_id = ?1 AND id = ?2`)
    .bind(
      user.organizationId,
      user.id,
      user.username,
      user.firstName,
      user.lastName,
      user.role,
      user.isActive ? 1 : 0,
      passwordHash ?? null,
      now,
    );
}

/** Gives the open leads of a user who leaves back to everyone, each with its event. */
export function returnLeads(
  db: D1Database,
  organizationId: number,
  userId: number,
  change: { id: string; actor: { kind: string; id: string | null }; now: number },
): D1PreparedStatement[] {
  // In the words of lead_owned, which `state = 'assigned'` would not be recognised by.
  const theirs = "organization_id = ? AND owner_id = ? AND state IN ('assigned', 'closed') AND state <> 'closed'";
  return [
    db
      .prepare(`INSERT INTO lead_event (lead_id, version, organization_id, kind, actor_kind, actor_id, payload, at)
        SELECT id, version + 1, organization_id, 'unassign', ?, ?,
          json_object('from', state, 'to', 'pending', 'owner_id', NULL), ?
        FROM lead WHERE ${theirs}`)
      .bind(change.actor.kind, change.actor.id, change.now, organizationId, userId),
    db
      .prepare(`UPDATE lead SET state = 'pending', owner_id = NULL, version = version + 1, change_id = ?, updated_at = ?
        WHERE ${theirs}`)
      .bind(change.id, change.now, organizationId, userId),
  ];
}

interface CredentialRow {
  id: string;
  kind: Credential["kind"];
  credential_user_uuid: string | null;
  name: string;
  hash: string;
  hash_key_id: string;
  expires_at: number | null;
  revoked_at: number | null;
  created_at: number;
}

const credentialOf = (row: CredentialRow): Credential => ({
  id: row.id,
  kind: row.kind,
  userUuid: row.credential_user_uuid,
  name: row.name,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  createdAt: row.created_at,
});

export interface CredentialHolder {
  credential: Credential;
  hash: string;
  hashKeyId: string;
  organization: Organization;
  /** null for an organization's own key. */
  user: User | null;
}

/** By the public part of a secret, which is all that is known before the secret part is compared. */
export async function findCredential(db: D1Database, id: string): Promise<CredentialHolder | null> {
  const row = await db
    .prepare(`SELECT credential.id, credential.kind, credential.name, credential.hash, credential.hash_key_id,
        credential.expires_at, credential.revoked_at, credential.created_at, user.uuid AS credential_user_uuid,
        ${ORGANIZATION_COLUMNS}, ${USER_COLUMNS}
      FROM credential
        JOIN organization ON organization.id = credential.organization_id
        LEFT JOIN user ON user.id = credential.user_id
      WHERE credential.id = ?`)
    .bind(id)
    .first<CredentialRow & OrganizationRow & UserRow & { user_id: number | null }>();
  if (row === null) return null;
  return {
    credential: credentialOf(row),
    hash: row.hash,
    hashKeyId: row.hash_key_id,
    organization: organizationOf(row),
    user: row.user_id === null ? null : userOf(row),
  };
}

export function insertCredential(
  db: D1Database,
  organizationId: number,
  userId: number | null,
  credential: Credential,
  secret: { hash: string; hashKeyId: string },
): D1PreparedStatement {
  const { id, kind, name, expiresAt, createdAt } = credential;
  return db
    .prepare(`INSERT INTO credential (organization_id, id, user_id, kind, name, hash, hash_key_id, expires_at, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .bind(organizationId, id, userId, kind, name, secret.hash, secret.hashKeyId, expiresAt, createdAt);
}

/** A page in the order of creation, and one more. */
export async function listCredentials(
  db: D1Database,
  organizationId: number,
  after: { at: number; id: string },
  limit: number,
): Promise<Credential[]> {
  const { results } = await db
    .prepare(`SELECT credential.*, user.uuid AS credential_user_uuid
      FROM credential LEFT JOIN user ON user.id = credential.user_id
      WHERE credential.organization_id = ? AND (credential.created_at, credential.id) > (?, ?)
      ORDER BY credential.created_at, credential.id LIMIT ?`)
    .bind(organizationId, after.at, after.id, limit + 1)
    .all<CredentialRow>();
  return results.map(credentialOf);
}

/** Revoking twice keeps the first time. @returns rows changed through `meta.changes`: 0 for an unknown one. */
export function revokeCredential(db: D1Database, organizationId: number, id: string, now: number): D1PreparedStatement {
  return db
    .prepare("UPDATE credential SET revoked_at = coalesce(revoked_at, ?3) WHERE organization_id = ?1 AND id = ?2")
    .bind(organizationId, id, now);
}

/** A user by the integer id that some dialects use; active ones only. */
export function activeUserById(db: D1Database, organizationId: number, userId: number): D1PreparedStatement {
  return db
    .prepare("SELECT id, uuid FROM user WHERE organization_id = ? AND id = ? AND is_active = 1")
    .bind(organizationId, userId);
}
