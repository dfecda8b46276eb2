/**
 * Loses nothing: a submission stands here, in localStorage, before its first request, and leaves on a final answer. It
 * keeps its id through every retry, so that the server stores it once however often, and from however many tabs, it
 * arrives. Where there is no localStorage it lives as long as the page.
 */
import { OUTBOX_PREFIX } from "../lib/instance.ts";
import { recall, recallKeys, remember } from "../lib/storage.ts";
import { judge, type Outcome, retryDelayMs } from "./outcome.ts";

export interface Submission {
  /** The submission's own UUID. */
  id: string;
  /** The address that takes the form's leads. */
  url: string;
  /** When the visitor pressed send, in milliseconds since 1970. */
  at: number;
  /** The CaptureRequest as JSON, fixed once and for all. */
  body: string;
}

/** After a week a visitor has asked somewhere else, and a stranger may use the machine. */
const KEPT_MS = 7 * 24 * 3_600_000;
const TIMEOUT_MS = 30_000;
/** Browsers give 64 KiB to all the requests that outlive a page. */
const KEEPALIVE_LIMIT_BYTES = 60_000;

/** Puts a submission in the outbox. */
export const keep = (submission: Submission): void =>
  remember(OUTBOX_PREFIX + submission.id, JSON.stringify(submission));

/** What still waits for addresses that start so. Throws out what is too old or not readable. */
export function waiting(url: string, nowMs: number): Submission[] {
  const found: Submission[] = [];
  for (const key of recallKeys(OUTBOX_PREFIX)) {
    try {
      const submission: Submission = JSON.parse(recall(key) ?? "");
      if (!(nowMs - submission.at < KEPT_MS)) throw key;
      if (submission.url.startsWith(url)) found.push(submission);
    } catch {
      remember(key, null);
    }
  }
  return found;
}

async function post({ id, url, body }: Submission): Promise<Outcome> {
  let outcome: Outcome = { kind: "later" };
  try {
    // JSON as text/plain is a "simple" request: no preflight that could fail while the page goes away.
    const response = await fetch(url, {
      method: "POST",
      body,
      credentials: "omit",
      keepalive: new Blob([body]).size < KEEPALIVE_LIMIT_BYTES,
      signal: AbortSignal.timeout?.(TIMEOUT_MS),
    });
    const json = await response.json().catch(() => {});
    outcome = judge(response.status, json, response.headers.get("Retry-After"), Date.now());
  } catch {
    // No network, or nobody answered in time.
  }
  if (outcome.kind !== "later") remember(OUTBOX_PREFIX + id, null);
  return outcome;
}

/** What this page is sending just now: two who ask for the same share one request. */
const underway = new Map<string, Promise<Outcome>>();

function deliver(submission: Submission): Promise<Outcome> {
  const { id } = submission;
  const send = () => post(submission);
  let sending = underway.get(id);
  if (!sending) {
    // Two tabs take turns. Should both send after all, the server knows the id.
    sending = (navigator.locks?.request(`foyer:${id}`, send).catch(send) ?? send()).finally(() => underway.delete(id));
    underway.set(id, sending);
  }
  return sending;
}

/**
 * Sends until there is a final answer, with growing pauses, and at once when the network is back.
 * @param heard Told of every attempt's outcome.
 * @param stop Ends the attempts; the submission stays for a later page.
 * @returns Try now.
 */
export function sendUntilAnswered(
  submission: Submission,
  heard: (outcome: Outcome) => void,
  stop?: AbortSignal,
): () => void {
  let failures = 0;
  let busy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    removeEventListener("online", attempt);
  };
  const attempt = async () => {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    const outcome = await deliver(submission);
    busy = false;
    if (stop?.aborted) return;
    if (outcome.kind !== "later") end();
    else timer = setTimeout(attempt, retryDelayMs(failures++, outcome.waitMs, Math.random()));
    heard(outcome);
  };
  addEventListener("online", attempt);
  stop?.addEventListener("abort", end);
  attempt();
  return attempt;
}
