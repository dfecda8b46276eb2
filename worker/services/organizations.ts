/** Tenants: made, changed, listed. */
import type { LeadFailure } from "../domain/failure.ts";
import type { Organization } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { accountsOf, organizationId, shardOfAccount, shardOfOrganization } from "../domain/shard.ts";
import { brokenRule, commit, firstRow } from "../store/d1.ts";
import type { Database } from "../store/database.ts";
import {
  findOrganization as find,
  insertOrganization,
  listOrganizations as list,
  type OrganizationRow,
  organizationOf,
  updateOrganization as update,
} from "../store/organizations.ts";
import type { Context } from "./context.ts";
import { forgetCredentials } from "./credentials.ts";
import { forgetForms } from "./load-form.ts";

export type OrganizationInput = Partial<
  Pick<Organization, "name" | "subscriptionUntil" | "timeZone" | "retentionDays" | "ipPolicy" | "chatHours">
>;

/**
 * Where an organization is, if it is anywhere. A number that is not configured is nobody's: it is looked for in the first
 * database and not found there, like every other that does not exist.
 * @param name its UUID in any case of letters, or its account id.
 */
export function databaseOf(databases: readonly Database[], name: string | number): Database {
  const shard = typeof name === "number" ? shardOfAccount(name) : shardOfOrganization(name.toLowerCase());
  return databases[shard] ?? (databases[0] as Database);
}

/**
 * Makes it in the context's database.
 * @param input a uuid of the caller's is one of that database.
 * @returns the organization with its main pipeline; conflict where the uuid is taken.
 * @throws where the database has given all of its account ids away.
 */
export async function createOrganization(
  ctx: Context,
  input: OrganizationInput & { uuid?: string; name: string },
): Promise<Result<Organization, LeadFailure>> {
  const organization = {
    uuid: input.uuid ?? organizationId(ctx.newId(), ctx.db.number),
    name: input.name,
    subscriptionUntil: input.subscriptionUntil ?? null,
    timeZone: input.timeZone ?? "UTC",
    retentionDays: input.retentionDays ?? null,
    ipPolicy: input.ipPolicy ?? "full",
    chatHours: input.chatHours ?? null,
    createdAt: ctx.now,
  };
  try {
    const results = await commit(ctx.db, insertOrganization(ctx.db, organization, accountsOf(ctx.db.number)));
    const row = firstRow<OrganizationRow>(results.at(-1));
    if (row === null) throw new Error(`organizations: database ${ctx.db.number} has no account id left`);
    return ok(organizationOf(row));
  } catch (error) {
    if (brokenRule(error) !== "identity") throw error;
    return fail({ kind: "conflict" });
  }
}

export const findOrganization = (ctx: Context, uuid: string): Promise<Organization | null> => find(ctx.db, uuid);

/** A page in the order of account ids, and one more; from one database on to the next, since their ids are ranges. */
export async function listOrganizations(
  databases: readonly Database[],
  afterId: number,
  limit: number,
): Promise<Organization[]> {
  const found: Organization[] = [];
  for (const db of databases.slice(Math.max(0, shardOfAccount(afterId + 1)))) {
    found.push(...(await list(db, afterId, limit - found.length)));
    if (found.length > limit) break;
  }
  return found;
}

export async function updateOrganization(
  ctx: Context,
  organization: Organization,
  input: OrganizationInput,
): Promise<Organization> {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const changed = { ...organization, ...given };
  await update(ctx.db, changed, ctx.now).run();
  forgetCredentials(organization.id);
  forgetForms(organization.id);
  return changed;
}
