/** Where a page of the CRM's lists lies, and the links to its neighbours: `offset`, `limit`, and a cursor of ours. */
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { FieldErrors } from "./envelope.ts";

/** How far a page may lie from the start where it is asked for by number alone; links go on from there. */
export const DEPTH_LIMIT_ROWS = 10_000;

/** An item of a list; the page starts after it, or ends before it. */
export interface Cursor {
  at: number;
  id: number;
  isBackward: boolean;
}

/** Where a page starts and how long it is. */
export interface PagePlace {
  offset: number;
  limit: number;
  /** Where a link was followed. */
  cursor: Cursor | null;
}

/** @param sent digits alone, but for the cursor. */
export function placeOf(sent: { offset?: string; limit?: string; cursor?: string }): Result<PagePlace, FieldErrors> {
  const cursor = sent.cursor === undefined ? null : parseCursor(sent.cursor);
  if (sent.cursor !== undefined && cursor === null) return fail({ cursor: ["Invalid cursor."] });
  const offset = Number(sent.offset ?? 0);
  if (cursor === null && offset > DEPTH_LIMIT_ROWS) {
    return fail({ offset: [`Ensure this value is less than or equal to ${DEPTH_LIMIT_ROWS}.`] });
  }
  const limit = Number(sent.limit ?? PAGE_SIZE_DEFAULT) || PAGE_SIZE_DEFAULT;
  return ok({ offset, limit: Math.min(limit, PAGE_SIZE_LIMIT), cursor });
}

const printCursor = ({ at, id, isBackward }: Cursor): string => `${isBackward ? "-" : ""}${at}.${id}`;

function parseCursor(text: string): Cursor | null {
  const [, sign, at, id] = /^(-?)(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id: Number(id), isBackward: sign === "-" };
}

export interface PageEnds {
  hasNext: boolean;
  hasPrevious: boolean;
  /** Whether ids rise from item to item. */
  isAscending: boolean;
  /** The places of the first and the last item; none of a list that has no cursors. */
  first?: Omit<Cursor, "isBackward">;
  last?: Omit<Cursor, "isBackward">;
}

/** The neighbours start where this page ends, however deep that is and whatever came or went in between. */
export function links(requestUrl: string, { offset, limit, cursor }: PagePlace, page: PageEnds) {
  const link = (to: number, place: Cursor | null): string => {
    const url = new URL(requestUrl);
    url.searchParams.set("offset", String(to));
    url.searchParams.set("limit", String(limit));
    if (place === null) url.searchParams.delete("cursor");
    else url.searchParams.set("cursor", printCursor(place));
    return url.href;
  };
  // Of an empty page nothing is left to go on from but where it began, and that item is of the neighbour.
  const began = (isBackward: boolean) =>
    cursor && { ...cursor, isBackward, id: Math.max(0, cursor.id + (isBackward === page.isAscending ? 1 : -1)) };
  const place = (end: Omit<Cursor, "isBackward"> | undefined, isBackward: boolean): Cursor | null =>
    end ? { ...end, isBackward } : began(isBackward);
  return {
    previous: page.hasPrevious ? link(Math.max(0, offset - limit), place(page.first, true)) : null,
    next: page.hasNext ? link(offset + limit, place(page.last, false)) : null,
  };
}
