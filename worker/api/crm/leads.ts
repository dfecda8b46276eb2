/** Writing leads and notes. */
import type * as z from "zod/mini";
import { createLead as create } from "../../services/create-lead.ts";
import { deleteLead } from "../../services/delete-lead.ts";
import { editLead } from "../../services/edit-lead.ts";
import type { LeadInput } from "../../services/lead-input.ts";
import { addNote, deleteNote } from "../../services/notes.ts";
import { vocabularyFor } from "../../services/worked-lead.ts";
import type { Deps } from "../http/app.ts";
import type { C } from "./access.ts";
import { envelope } from "./envelope.ts";
import { failureAnswer } from "./errors.ts";
import { context, idempotencyOf, read } from "./requests.ts";
import { CreateLead, CreateNote, LeadSlug, NoteId, UpdateLead } from "./schemas.ts";
import { leadBody, noteBody } from "./serializers.ts";

export const REPLAYED = { "idempotent-replayed": "true" };

const inputOf = (sent: z.infer<typeof CreateLead>): LeadInput => ({
  firstName: sent.first_name,
  lastName: sent.last_name,
  email: sent.email,
  phone: sent.phone,
  location: sent.location,
  message: sent.message,
  status: sent.status,
  source: sent.source,
  assignee: sent.assignee,
});

export async function createLead(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, CreateLead);
  if (sent instanceof Response) return sent;
  const idempotency = idempotencyOf(c, "create-lead", sent.value);
  if (idempotency instanceof Response) return idempotency;
  const { organization } = c.var.caller;
  const ctx = context(c, deps);
  const made = await create(ctx, organization.id, inputOf(sent.value), idempotency);
  if (!made.ok) return failureAnswer("create-lead", made.failure, sent.fields);
  const { lead, isReplay } = made.value;
  const vocabulary = await vocabularyFor(ctx, organization, [lead]);
  return envelope(200, leadBody(lead, vocabulary), {}, isReplay ? REPLAYED : {});
}

export async function updateLead(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, UpdateLead);
  if (sent instanceof Response) return sent;
  const { organization } = c.var.caller;
  const ctx = context(c, deps);
  const edited = await editLead(ctx, organization.id, sent.value.slug, inputOf(sent.value));
  if (!edited.ok) return failureAnswer("update-lead", edited.failure, sent.fields);
  return envelope(200, leadBody(edited.value, await vocabularyFor(ctx, organization, [edited.value])));
}

export async function removeLead(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, LeadSlug);
  if (sent instanceof Response) return sent;
  const deleted = await deleteLead(context(c, deps), c.var.caller.organization.id, sent.value.slug);
  return deleted.ok ? envelope(200, deleted.value) : failureAnswer("delete-lead", deleted.failure);
}

export async function createNote(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, CreateNote);
  if (sent instanceof Response) return sent;
  const idempotency = idempotencyOf(c, "create-note", sent.value);
  if (idempotency instanceof Response) return idempotency;
  const { slug, note: text } = sent.value;
  const added = await addNote(context(c, deps), c.var.caller.organization.id, { slug, text }, idempotency);
  if (!added.ok) return failureAnswer("create-note", added.failure);
  const { note, isReplay } = added.value;
  return envelope(200, { slug, ...noteBody(note) }, {}, isReplay ? REPLAYED : {});
}

export async function removeNote(c: C, deps: Deps): Promise<Response> {
  const sent = await read(c, NoteId);
  if (sent instanceof Response) return sent;
  const deleted = await deleteNote(context(c, deps), c.var.caller.organization.id, Number(sent.value.note_id));
  return deleted.ok ? envelope(200, { note_id: deleted.value.id }) : failureAnswer("delete-note", deleted.failure);
}
