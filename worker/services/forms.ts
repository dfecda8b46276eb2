/** Forms, as their owners keep them. */
import type { LeadFailure } from "../domain/failure.ts";
import type { Form, FormSettings } from "../domain/form.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { formId } from "../domain/shard.ts";
import { brokenRule, commit } from "../store/d1.ts";
import { getForm as get, listForms as list, putForm } from "../store/forms.ts";
import type { Context } from "./context.ts";
import { forgetForms } from "./load-form.ts";

/** @param id of the form `formId` makes; a new one where undefined. @returns conflict where it is taken. */
export async function createForm(
  ctx: Context,
  organizationId: number,
  settings: FormSettings,
  id?: string,
): Promise<Result<Form, LeadFailure>> {
  const form = {
    // A random UUID: a form's id stands in public pages and need not tell when it was made.
    id: id ?? formId(crypto.randomUUID(), 0),
    organizationId,
    settings,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
  try {
    await commit(ctx.db, [putForm(ctx.db, form, false)]);
    return ok(form);
  } catch (error) {
    if (brokenRule(error) !== "identity") throw error;
    return fail({ kind: "conflict" });
  }
}

export async function updateForm(ctx: Context, form: Form, settings: FormSettings): Promise<Form> {
  const changed = { ...form, settings, updatedAt: ctx.now };
  await commit(ctx.db, [putForm(ctx.db, changed, true)]);
  forgetForms(form.organizationId);
  return changed;
}

/** Unknown and foreign forms are null alike. */
export const getForm = (ctx: Context, organizationId: number, id: string): Promise<Form | null> =>
  get(ctx.db, organizationId, id);

/** A page in the order of creation, and one more. */
export const listForms = (
  ctx: Context,
  organizationId: number,
  after: { at: number; id: string },
  limit: number,
): Promise<Form[]> => list(ctx.db, organizationId, after, limit);
