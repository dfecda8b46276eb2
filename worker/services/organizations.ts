/** Tenants: made, changed, listed. */
import type { LeadFailure } from "../domain/failure.ts";
import type { Organization } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { brokenRule, commit, firstRow } from "../store/d1.ts";
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

/** @returns the organization with its main pipeline; conflict where the uuid is taken. */
export async function createOrganization(
  ctx: Context,
  input: OrganizationInput & { uuid?: string; name: string },
): Promise<Result<Organization, LeadFailure>> {
  const organization = {
    uuid: input.uuid ?? ctx.newId(),
    name: input.name,
    subscriptionUntil: input.subscriptionUntil ?? null,
    timeZone: input.timeZone ?? "UTC",
    retentionDays: input.retentionDays ?? null,
    ipPolicy: input.ipPolicy ?? "full",
    chatHours: input.chatHours ?? null,
    createdAt: ctx.now,
  };
  try {
    const results = await commit(ctx.db, insertOrganization(ctx.db, organization));
    return ok(organizationOf(firstRow<OrganizationRow>(results.at(-1)) as OrganizationRow));
  } catch (error) {
    if (brokenRule(error) !== "identity") throw error;
    return fail({ kind: "conflict" });
  }
}

export const findOrganization = (ctx: Context, uuid: string): Promise<Organization | null> => find(ctx.db, uuid);

/** A page in the order of account ids, and one more. */
export const listOrganizations = (ctx: Context, afterId: number, limit: number): Promise<Organization[]> =>
  list(ctx.db, afterId, limit);

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
