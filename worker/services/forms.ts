/**
 * Forms, as their owners keep them. What a form is tied to is decided by the write itself: its owner must be an active user
 * of the organization when given, and stays when deactivated later; a pipeline that it names cannot be deleted.
 */
import type { LeadFailure } from "../domain/failure.ts";
import type { Form, FormSettings, FormTies } from "../domain/form.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { formId } from "../domain/shard.ts";
import { brokenRule, commit, firstRow } from "../store/d1.ts";
import {
  type FormRow,
  formOf,
  getForm as get,
  insertForm,
  listForms as list,
  updateForm as update,
  type WrittenRow,
  writtenForm,
} from "../store/forms.ts";
import type { Context } from "./context.ts";
import { forgetForms } from "./load-form.ts";

/**
 * @param id of the form `formId` makes; a new one where undefined.
 * @returns conflict where it is taken; invalid-fields where a tie is unknown, or another organization's.
 */
export async function createForm(
  ctx: Context,
  organizationId: number,
  input: { id?: string; settings: FormSettings; ties: Partial<FormTies> },
): Promise<Result<Form, LeadFailure>> {
  const form = {
    // A random UUID: a form's id stands in public pages and need not tell when it was made.
    id: input.id ?? formId(crypto.randomUUID(), ctx.db.number),
    organizationId,
    settings: input.settings,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
  try {
    return written(await commit(ctx.db, [insertForm(ctx.db, form, input.ties), writtenForm(ctx.db, form, input.ties)]));
  } catch (error) {
    if (brokenRule(error) !== "identity") throw error;
    return fail({ kind: "conflict" });
  }
}

/** @param input a tie that is undefined stays. @returns invalid-fields where a tie is unknown, or another organization's. */
export async function updateForm(
  ctx: Context,
  form: Form,
  input: { settings: FormSettings; ties: Partial<FormTies> },
): Promise<Result<Form, LeadFailure>> {
  const { settings, ties } = input;
  const changed = { ...form, settings, updatedAt: ctx.now };
  const results = await commit(ctx.db, [update(ctx.db, changed, ties), writtenForm(ctx.db, form, ties)]);
  forgetForms(form.organizationId);
  return written(results);
}

function written(results: D1Result[]): Result<Form, LeadFailure> {
  const row = firstRow<WrittenRow>(results.at(-1)) as WrittenRow;
  const problems = [
    ...(row.owner_holds ? [] : [{ field: "owner_id", code: "unknown" }]),
    ...(row.pipeline_holds ? [] : [{ field: "pipeline_id", code: "unknown" }]),
  ];
  if (problems.length > 0) return fail({ kind: "invalid-fields", problems });
  return row.form_id === null ? fail({ kind: "not-found" }) : ok(formOf(row as FormRow));
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
