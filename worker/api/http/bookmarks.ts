/**
 * `x-d1-bookmark`: how a caller who has just written reads it wherever the next request is answered, without every read
 * going to the primary. An answer has one bookmark for each database that it asked, `0.<bookmark>`, with commas between; the
 * caller sends them back as they came. Without the header, the primary is asked first: then everybody reads what was
 * written, by whomever.
 *
 * A header that is none of this is as none at all. Only reads go by it: what a write is decided on is never old.
 */
import type { Sessions } from "./request-scope.ts";

export const BOOKMARK_HEADER = "x-d1-bookmark";

const PRIMARY = "first-primary";
const ANYWHERE = "first-unconstrained";

const HEADER_CHARS_LIMIT = 1_000;
/** The platform's are groups of 8, 8, 8 and 32 hexadecimal digits; room for what they may become. */
const ONE = /^(0|[1-9]\d{0,2})\.([0-9a-f]{1,64}(?:-[0-9a-f]{1,64}){1,7})$/;

/** @param header of a request that reads, where it has one. */
export function sessionsFrom(header: string | undefined): Sessions {
  const { first, marks } = parse(header ?? "");
  const reached = new Map<number, string>();
  let elsewhere: string | null = null;
  return {
    startOf: (number) => marks.get(number) ?? first ?? elsewhere ?? PRIMARY,
    reached: (number, bookmark) => void reached.set(number, bookmark),
    startAnywhere: () => {
      elsewhere = ANYWHERE;
    },
    bookmarks: () => reached,
  };
}

function parse(header: string): { first: string | null; marks: ReadonlyMap<number, string> } {
  const text = header.trim();
  if (text === PRIMARY || text === ANYWHERE) return { first: text, marks: new Map() };
  const marks = new Map<number, string>();
  for (const part of text.length > HEADER_CHARS_LIMIT ? [] : text.split(",")) {
    const [, number, bookmark] = ONE.exec(part.trim()) ?? [];
    if (bookmark !== undefined) marks.set(Number(number), bookmark);
  }
  return { first: null, marks };
}

/** @returns null where no database has told one. */
export function bookmarksText({ bookmarks }: Pick<Sessions, "bookmarks">): string | null {
  return [...bookmarks()].map(([number, bookmark]) => `${number}.${bookmark}`).join(", ") || null;
}
