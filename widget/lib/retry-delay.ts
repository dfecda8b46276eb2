/** When to try again what could not be sent. */

const RETRY_FIRST_MS = 2_000;
const RETRY_LONGEST_MS = 300_000;
/** A server that asks for more, or a clock that is wrong about a date, is not believed; timers wrap at 25 days. */
const WAIT_LONGEST_MS = 3_600_000;

/**
 * When to try again, in milliseconds: doubling from 2 s to 5 min, spread over its upper half so that visitors of a
 * server that comes back do not all come at once, and never before the server's own `Retry-After`.
 * @param attempt 0 after the first failure.
 * @param random From 0 to 1.
 */
export function retryDelayMs(attempt: number, waitMs: number | undefined, random: number): number {
  const backoff = Math.min(RETRY_FIRST_MS * 2 ** attempt, RETRY_LONGEST_MS);
  return Math.max(backoff * (0.5 + random / 2), Math.min(waitMs ?? 0, WAIT_LONGEST_MS));
}
