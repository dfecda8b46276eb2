/** People of an organization: made, changed, listed. Who is deactivated gives the open leads back. */
import { actorStamp } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import type { User } from "../domain/organization.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { brokenRule, commit } from "../store/d1.ts";
import { findUser, insertUser, listUsers as list, returnLeads, updateUser as update } from "../store/people.ts";
import { announceSignOut } from "./announce.ts";
import type { Context } from "./context.ts";
import { forgetCredentials } from "./credentials.ts";
import { forgetUsers } from "./find-user.ts";
import { hashPassword } from "./passwords.ts";

export type UserInput = Partial<Pick<User, "username" | "firstName" | "lastName" | "role" | "isActive">> & {
  password?: string;
};

/** @returns the user; conflict where the username or the uuid is taken. */
export async function createUser(
  ctx: Context,
  organizationId: number,
  input: UserInput & { uuid?: string; username: string; role: User["role"] },
): Promise<Result<User, LeadFailure>> {
  const user = {
    uuid: input.uuid ?? ctx.newId(),
    organizationId,
    username: input.username,
    firstName: input.firstName ?? "",
    lastName: input.lastName ?? "",
    role: input.role,
    isActive: input.isActive ?? true,
    createdAt: ctx.now,
  };
  const password = input.password === undefined ? null : await hashPassword(input.password);
  return written(ctx, organizationId, user.uuid, [insertUser(ctx.db, user, password)]);
}

/** @returns the user after the change; not-found, or conflict where the username is taken. */
export async function updateUser(
  ctx: Context,
  organizationId: number,
  uuid: string,
  input: UserInput,
): Promise<Result<User, LeadFailure>> {
  const user = await findUser(ctx.db, organizationId, uuid);
  if (user === null) return fail({ kind: "not-found" });
  const { password, ...given } = input;
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const changed: User = { ...user, ...known };
  const hash = password === undefined ? undefined : await hashPassword(password);
  const leaves = !changed.isActive;
  const change = { id: ctx.newId(), actor: actorStamp(ctx.actor), now: ctx.now };
  const result = await written(ctx, organizationId, uuid, [
    update(ctx.db, changed, hash, ctx.now),
    ...(leaves ? returnLeads(ctx.db, organizationId, user.id, change) : []),
  ]);
  if (result.ok && (leaves || hash !== undefined)) announceSignOut(ctx, organizationId, uuid);
  return result;
}

/** A page in the order of integer ids, and one more. */
export const listUsers = (ctx: Context, organizationId: number, afterId: number, limit: number): Promise<User[]> =>
  list(ctx.db, organizationId, afterId, limit);

async function written(
  ctx: Context,
  organizationId: number,
  uuid: string,
  statements: D1PreparedStatement[],
): Promise<Result<User, LeadFailure>> {
  try {
    await commit(ctx.db, statements);
  } catch (error) {
    if (brokenRule(error) !== "identity") throw error;
    return fail({ kind: "conflict" });
  }
  forgetUsers(organizationId);
  forgetCredentials(organizationId);
  return ok((await findUser(ctx.db, organizationId, uuid)) as User);
}
