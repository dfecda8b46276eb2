/**
 * Which database holds an organization. Whatever names one, or a thing of one, carries the database's number, so that
 * routing never asks a directory: its id and its account id, ids of forms and of programs, secrets, tokens, and addresses
 * of mail. Number 0 is the first; its organizations have the ids that they had before there were others.
 */
const SHARD_HEX_CHARS = 4;
/** By far more than fit into 10 GB. Ranges keep an account id from being two organizations'. */
const ACCOUNTS_PER_DATABASE = 1_000_000;

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

/** An organization's id: the UUID itself in the first database, in others it is as a form's. */
export const organizationId = (uuid: string, shard: number): string => (shard === 0 ? uuid : formId(uuid, shard));

/** @returns the database's number: 0 for all but version 8 UUIDs. @param uuid in lower case. */
export const shardOfOrganization = (uuid: string): number => shardOfForm(uuid) ?? 0;

/** The account ids of a database's organizations, first and last. */
export const accountsOf = (shard: number): { first: number; last: number } => ({
  first: shard * ACCOUNTS_PER_DATABASE + 1,
  last: (shard + 1) * ACCOUNTS_PER_DATABASE,
});

/** @returns the database's number; negative for what is no account id. */
export const shardOfAccount = (id: number): number => Math.floor((id - 1) / ACCOUNTS_PER_DATABASE);

const MAIL_TOKEN = /^[a-z2-7]{26}[0-9a-f]{4}$/;

/** The part of a mail address that nobody can guess. @param random 26 characters of base 32, lower case. */
export const mailToken = (random: string, shard: number): string =>
  `${random}${shard.toString(16).padStart(SHARD_HEX_CHARS, "0")}`;

/** @returns the database's number, or null where the text is no address's. */
export const shardOfMailToken = (token: string): number | null =>
  MAIL_TOKEN.test(token) ? Number.parseInt(token.slice(-SHARD_HEX_CHARS), 16) : null;
