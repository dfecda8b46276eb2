/** Text from strangers, in a form that every store and reader takes. */

/** No lone surrogates, no NUL. */
export const wellFormedText = (text: string): string => text.toWellFormed().replaceAll("\0", "");

/** At most `limit` UTF-16 code units, never half a character. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const isSplit = (text.codePointAt(limit - 1) ?? 0) > 0xffff;
  return text.slice(0, isSplit ? limit - 1 : limit);
}

/** In one line: every run of white space and control characters is a single space. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ").trim();

/** A value of JSON in which every string, names included, is well formed. */
export function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return wellFormedText(value);
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  // fromEntries defines, so that a key called __proto__ stays a key
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [wellFormedText(key), wellFormed(child)]));
}
