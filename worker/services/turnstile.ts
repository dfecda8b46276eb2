/** Cloudflare Turnstile: what the edge asks it of a visitor's token. */

/** One site key, and what is needed to have its tokens verified. */
export interface TurnstileAccount {
  siteKey: string;
  secret: string;
  /** The folder of `api.js` and `siteverify`. */
  url: string;
  fetch: typeof fetch;
}

const TIMEOUT_MS = 5_000;
/** Answers that say nothing of the visitor. */
const NOT_THEIRS = ["internal-error", "bad-request", "missing-input-secret", "invalid-input-secret"];

interface Verdict {
  success?: unknown;
  "error-codes"?: unknown;
}

/**
 * Redeems a token. The submission's id makes a retry harmless, and the token worth no second submission.
 * @param ip the visitor's, where the organization lets it be known.
 * @returns unreachable where there is no answer, or none about the token.
 */
export async function askTurnstile(
  { secret, url, fetch }: TurnstileAccount,
  { token, submissionId, ip }: { token: string; submissionId: string; ip: string | null },
): Promise<"passed" | "refused" | "unreachable"> {
  try {
    const answer = await fetch(`${url}/siteverify`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ secret, response: token, idempotency_key: submissionId, remoteip: ip ?? undefined }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { success, "error-codes": codes } = await answer.json<Verdict>();
    if (success === true) return "passed";
    const isTheirs = success === false && Array.isArray(codes) && !codes.some((code) => NOT_THEIRS.includes(code));
    return isTheirs ? "refused" : "unreachable";
  } catch {
    // No network, no answer in time, or no JSON.
    return "unreachable";
  }
}
