/** What callers name: leads, by number. */

/** @returns null for what is no decimal integer below 2^53, and so the id of nothing. */
export function parseLeadId(text: string): number | null {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : null;
}
