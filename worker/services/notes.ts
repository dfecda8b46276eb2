/** Notes on leads: written by whose lead it is or an administrator, deleted by who wrote them or an administrator. */
import { actorStamp, hasLeadOf, mayActFor, ownLeadsOf } from "../domain/actor.ts";
import type { LeadFailure } from "../domain/failure.ts";
import { isGone } from "../domain/lead.ts";
import { transitionMap } from "../domain/lead-transitions.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Note } from "../domain/worked-lead.ts";
import { answerWithAdded, insertIdempotencyOfChange } from "../store/capture.ts";
import { commit, firstRow } from "../store/d1.ts";
import { changeLead, type LeadChange } from "../store/lead-changes.ts";
import { NOT_EMPTIED } from "../store/lead-words.ts";
import { getNote, insertNote, type NoteRow, noteOf, noteStands, deleteNote as remove } from "../store/notes.ts";
import type { FirstAnswer } from "../store/repeats.ts";
import { leadBySlug, type WorkedRow } from "../store/worked-leads.ts";
import type { Context } from "./context.ts";
import { type Idempotency, keyRow, once } from "./idempotency.ts";

type Added = { note: Note; isReplay: boolean };

/** @returns the note; not-found, gone where the lead is deleted, forbidden where it is another's or was emptied, key-reused. */
export function addNote(
  ctx: Context,
  organizationId: number,
  { slug, text }: { slug: string; text: string },
  idempotency: Idempotency | null,
): Promise<Result<Added, LeadFailure>> {
  const again = async ({ answer }: FirstAnswer): Promise<Result<Added, LeadFailure>> => {
    // A purge has emptied the answer, and the note with it.
    const row = await getNote(ctx.db, organizationId, Number(answer)).first<NoteRow>();
    return row === null ? fail({ kind: "conflict" }) : ok({ note: noteOf(row), isReplay: true });
  };
  return once(ctx, organizationId, idempotency, again, () => add(ctx, organizationId, { slug, text }, idempotency));
}

async function add(
  ctx: Context,
  organizationId: number,
  { slug, text }: { slug: string; text: string },
  idempotency: Idempotency | null,
): Promise<Result<Added, LeadFailure>> {
  const changeId = ctx.newId();
  const author = ctx.actor.kind === "user" ? { id: ctx.actor.user.id, username: ctx.actor.user.username } : null;
  const key = idempotency && { ...keyRow(ctx, idempotency), outcome: "created" };
  const change = { organizationId, slug, changeId, now: ctx.now };
  const changes = changeLead(ctx.db, {
    ...about(ctx, organizationId, "note", changeId),
    lead: { slug },
    provided: NOT_EMPTIED,
  });
  const statements = [
    leadBySlug(ctx.db, organizationId, slug),
    ...changes,
    ...(key ? [insertIdempotencyOfChange(ctx.db, organizationId, key, change)] : []),
    insertNote(ctx.db, change, { authorId: author?.id ?? null, text }),
    ...(key ? [answerWithAdded(ctx.db, organizationId, key, change)] : []),
  ];
  const [before, ...results] = await commit(ctx.db, statements, { repeatable: key !== null });
  const made = firstRow<{ id: number }>(results[changes.length + (key ? 1 : 0)]);
  if (made !== null) return ok({ note: { id: made.id, author, text, createdAt: ctx.now }, isReplay: false });
  const seen = firstRow<WorkedRow>(before);
  if (seen === null) return fail({ kind: "not-found" });
  if (isGone(seen)) return fail({ kind: "gone" });
  const mayNot = !hasLeadOf(ctx.actor, seen.keeper_id) || seen.purged_at !== null;
  return fail({ kind: mayNot ? "forbidden" : "conflict" });
}

/** @returns not-found for a note that is none, or one of a lead that is gone; forbidden where another wrote it. */
export async function deleteNote(
  ctx: Context,
  organizationId: number,
  id: number,
): Promise<Result<{ id: number }, LeadFailure>> {
  const note = await getNote(ctx.db, organizationId, id).first<NoteRow>();
  if (note === null) return fail({ kind: "not-found" });
  const changeId = ctx.newId();
  const provided = noteStands(organizationId, id);
  const change = about(ctx, organizationId, "note-deleted", changeId);
  if (!mayActFor(ctx.actor, { id: note.author_id })) return fail({ kind: "forbidden" });
  const results = await commit(ctx.db, [
    ...changeLead(ctx.db, { ...change, lead: { id: note.lead_id }, onlyKeptBy: null, provided }),
    remove(ctx.db, organizationId, id, changeId),
  ]);
  return results.at(-1)?.meta.changes ? ok({ id }) : fail({ kind: "not-found" });
}

const about = (
  ctx: Context,
  organizationId: number,
  kind: "note" | "note-deleted",
  changeId: string,
): Omit<LeadChange, "lead"> => ({
  organizationId,
  view: { kind: "worked" },
  onlyOwnedBy: null,
  onlyKeptBy: ownLeadsOf(ctx.actor) ?? null,
  next: transitionMap(["edit"]),
  isAbout: true,
  kind,
  actor: actorStamp(ctx.actor),
  sortedBy: null,
  changeId,
  now: ctx.now,
});
