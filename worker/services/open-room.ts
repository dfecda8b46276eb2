/**
 * A visitor has said the first thing: the room is known to the database from now on, and counts to the form's rates. One
 * batch; opened again, it is neither made nor counted again.
 */
import { fail, ok, type Result } from "../domain/result.ts";
import { countRates } from "../store/capture.ts";
import { brokenRule, commit } from "../store/d1.ts";
import type { FormContext } from "../store/forms.ts";
import { deleteUnbegun, insertRoom, type SavedRoomRow, savedRoom } from "../store/rooms.ts";
import type { Context } from "./context.ts";
import { knownFull, rateRows, rememberFull, retryAfterSeconds } from "./rates.ts";

export interface RoomOpening {
  form: FormContext;
  roomId: string;
  visitorId: string | null;
  ip: string | null;
}
export type OpenRoomFailure = { kind: "rate-limited"; retryAfterSeconds: number } | { kind: "closed" };

/** @returns rate-limited where the form's or the address's window is full; closed for a room that has ended. */
export async function openRoom(ctx: Context, input: RoomOpening): Promise<Result<null, OpenRoomFailure>> {
  const { form, organization } = input.form;
  const rates = rateRows(form, input.ip, ctx.keys, ctx.now);
  const tooMany = fail({ kind: "rate-limited" as const, retryAfterSeconds: retryAfterSeconds(ctx.now) });
  if (knownFull(rates, ctx.now)) return (await standing(ctx, input)) ?? tooMany;
  const room = { id: input.roomId, formId: form.id, visitorId: input.visitorId, openedAt: ctx.now };
  try {
    const counted = rates.length > 0 ? [countRates(ctx.db, organization.id, rates)] : [];
    await commit(ctx.db, [insertRoom(ctx.db, organization.id, room), ...counted], { repeatable: true });
    return ok(null);
  } catch (error) {
    const rule = brokenRule(error);
    if (rule === "rate") {
      rememberFull(rates, ctx.now);
      return tooMany;
    }
    const known = rule === "identity" ? await standing(ctx, input) : null;
    if (known === null) throw error;
    return known;
  }
}

/** Takes back a room that was opened, and of which nothing has been saved since. */
export async function abandonRoom(ctx: Context, organizationId: number, roomId: string): Promise<void> {
  await deleteUnbegun(ctx.db, organizationId, roomId).run();
}

/** What is answered where the room stands already; null: it does not. */
async function standing(ctx: Context, input: RoomOpening): Promise<Result<null, OpenRoomFailure> | null> {
  const found = savedRoom(ctx.db, input.form.organization.id, input.roomId, null);
  const row = await found.first<SavedRoomRow>();
  if (row === null) return null;
  return row.status === "closed" ? fail({ kind: "closed" }) : ok(null);
}
