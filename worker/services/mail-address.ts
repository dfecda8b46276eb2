/** The address that an organization's mail comes to: `lead+<token>@` or `<token>@`, under whatever domain is routed here. */
import { MAIL_ADDRESS_OVERLAP_LIMIT_DAYS } from "../../shared/limits.ts";
import { mailToken, shardOfMailToken } from "../domain/shard.ts";
import { commit, firstRow } from "../store/d1.ts";
import type { Database } from "../store/database.ts";
import { currentMailAddress, type MailAddressRow, mailAddressByToken, replaceMailAddress } from "../store/mail.ts";
import type { Context } from "./context.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const RANDOM_CHARS = 26;
const DAY_MS = 86_400_000;

export interface MailAddress {
  token: string;
  createdAt: number;
}

const addressOf = (row: MailAddressRow): MailAddress => ({ token: row.token, createdAt: row.created_at });

/** null where the organization takes no mail yet. */
export async function getMailAddress(ctx: Context, organizationId: number): Promise<MailAddress | null> {
  const row = await currentMailAddress(ctx.db, organizationId).first<MailAddressRow>();
  return row === null ? null : addressOf(row);
}

/**
 * Makes the organization's address, in place of the one it had.
 * @param overlapDays how long former addresses go on taking mail; 0: not from now on.
 */
export async function rotateMailAddress(
  ctx: Context,
  organizationId: number,
  overlapDays: number,
): Promise<MailAddress> {
  const days = Math.min(overlapDays, MAIL_ADDRESS_OVERLAP_LIMIT_DAYS);
  // 32 divides 256, so that every character is as likely as any other.
  const random = Array.from(crypto.getRandomValues(new Uint8Array(RANDOM_CHARS)), (byte) => ALPHABET[byte % 32]);
  const token = mailToken(random.join(""), ctx.db.number);
  const address = { token, formerUntil: ctx.now + days * DAY_MS, now: ctx.now };
  const results = await commit(ctx.db, replaceMailAddress(ctx.db, organizationId, address));
  return addressOf(firstRow<MailAddressRow>(results.at(-1)) as MailAddressRow);
}

/**
 * Whose mail it is: one indexed read, in the database that the address names.
 * @param recipient of the envelope, in any case of letters.
 * @returns null for an address of nobody, and for one that is no longer in use.
 */
export async function findMailRecipient(
  databases: readonly Database[],
  recipient: string,
  now: number,
): Promise<{ db: Database; organizationId: number } | null> {
  const local = recipient.slice(0, Math.max(0, recipient.lastIndexOf("@"))).toLowerCase();
  const token = local.slice(local.lastIndexOf("+") + 1);
  const db = databases[shardOfMailToken(token) ?? -1];
  if (db === undefined) return null;
  const row = await mailAddressByToken(db, token, now).first<MailAddressRow>();
  return row === null ? null : { db, organizationId: row.organization_id };
}
