/** What the receiving server says about where a message came from (RFC 8601). Proof of nothing: shown to people only. */
import { MAIL_CHECKS, type MailChecks } from "../domain/mail.ts";

const HEADER_LIMIT_CHARS = 4_096;
const RESULTS = ["none", "neutral", "pass", "fail", "softfail", "policy", "temperror", "permerror"];

/** @param header the topmost Authentication-Results: each server puts its own above what the message brought along. */
export function mailChecks(header: string | undefined): MailChecks {
  const text = (header ?? "").slice(0, HEADER_LIMIT_CHARS).toLowerCase();
  const result = (method: string): string | null => {
    const [, word = ""] = new RegExp(`(?:^|[;\\s])${method}=([a-z]+)`).exec(text) ?? [];
    return RESULTS.includes(word) ? word : null;
  };
  return Object.fromEntries(MAIL_CHECKS.map((method) => [method, result(method)])) as MailChecks;
}
