/** A user of an organization, believed for a minute. */
import type { Organization, User } from "../domain/organization.ts";
import { findUser as find } from "../store/people.ts";
import { Cache } from "./cache.ts";

const cache = new Cache<{ organization: Pick<Organization, "id">; user: User }>();

export const forgetUsers = (organizationId: number): void => cache.forgetOrganization(organizationId);

/** @returns null for an unknown user and for one of another organization alike. */
export async function findUser(
  db: D1Database,
  organizationId: number,
  uuid: string,
  now: number,
): Promise<User | null> {
  const key = `${organizationId} ${uuid}`;
  const known = cache.get(key, now);
  if (known) return known.user;
  const user = await find(db, organizationId, uuid);
  if (user !== null) cache.set(key, { organization: { id: organizationId }, user }, now);
  return user;
}
