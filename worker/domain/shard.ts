/**
 * Which database holds an organization. Form ids and secrets carry its number, so that routing never asks a directory;
 * there is one database now, number 0.
 */
const SHARD_HEX_CHARS = 4;

/** A form's id: a version 8 UUID (RFC 9562, section 5.8) whose last four hex digits are the database's number. */
export function formId(uuid: string, shard: number): string {
  const tail = shard.toString(16).padStart(SHARD_HEX_CHARS, "0");
  return `${uuid.slice(0, 14)}8${uuid.slice(15, -SHARD_HEX_CHARS)}${tail}`;
}

/** @returns the database's number, or null where the text is no form's id. */
export function shardOfForm(id: string): number | null {
  const FORM_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  return FORM_ID.test(id) ? Number.parseInt(id.slice(-SHARD_HEX_CHARS), 16) : null;
}

const MAIL_TOKEN = /^[a-z2-7]{26}[0-9a-f]{4}$/;

/** The part of a mail address that nobody can guess. @param random 26 characters of base 32, lower case. */
export const mailToken = (random: string, shard: number): string =>
  `${random}${shard.toString(16).padStart(SHARD_HEX_CHARS, "0")}`;

/** @returns the database's number, or null where the text is no address's. */
export const shardOfMailToken = (token: string): number | null =>
  MAIL_TOKEN.test(token) ? Number.parseInt(token.slice(-SHARD_HEX_CHARS), 16) : null;
