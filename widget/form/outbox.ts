/**
 * Loses nothing: a submission stands here, in localStorage, before its first request, and leaves on a final answer. It
 * keeps its id through every retry, so that the server stores it once however often, and from however many tabs, it
 * arrives. Where there is no localStorage it lives as long as the page.
 */
import type { Answers } from "../../shared/answers.ts";
import type { CaptureRequest, Solution } from "../../shared/capture-api.ts";
import type { PublicForm } from "../../shared/lead-fields.ts";
import { OUTBOX_TTL_HOURS } from "../../shared/limits.ts";
import { OUTBOX_PREFIX } from "../lib/instance.ts";
import { retryDelayMs } from "../lib/retry-delay.ts";
import { recall, recallKeys, remember } from "../lib/storage.ts";
import { judge, type Outcome, type Reply } from "./outcome.ts";
import type { FormCore } from "./state.ts";

/** A submission whose request is yet to be written: the chunk that writes it was lost on its way. */
export interface Draft extends Omit<Submission, "body"> {
  form: PublicForm;
  answers: Answers;
  locale?: string;
  page: CaptureRequest["page"];
  elapsedMs: number;
}

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

const KEPT_MS = OUTBOX_TTL_HOURS * 3_600_000;
const TIMEOUT_MS = 30_000;
/** Browsers give 64 KiB to all the requests that outlive a page. */
const KEEPALIVE_LIMIT_BYTES = 60_000;

/** Puts a submission in the outbox. @returns whether there is one to put it in. */
export const keep = (submission: Submission | Draft): boolean =>
  remember(OUTBOX_PREFIX + submission.id, JSON.stringify(submission));

/** Whether it waits there. */
export const isKept = ({ id }: Submission): boolean => recall(OUTBOX_PREFIX + id) !== null;

/**
 * What still waits for addresses that start so. Throws out what is too old or not readable. What seems to come from the
 * future was kept by a clock that has been set back: its week begins now.
 */
export function waiting(url: string, nowMs: number): (Submission | Draft)[] {
  const found: (Submission | Draft)[] = [];
  for (const key of recallKeys(OUTBOX_PREFIX)) {
    try {
      const submission: Submission | Draft = JSON.parse(recall(key) ?? "");
      if (!(nowMs - submission.at < KEPT_MS)) throw key;
      if (submission.at > nowMs) keep(Object.assign(submission, { at: nowMs }));
      if (submission.url.startsWith(url)) found.push(submission);
    } catch {
      remember(key, null);
    }
  }
  return found;
}

async function request(url: string, body: string): Promise<Reply> {
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
    return judge(response.status, json, response.headers.get("Retry-After"), Date.now());
  } catch {
    // No network, or nobody answered in time.
    return { kind: "later" };
  }
}

async function post({ id, url, at, body }: Submission, core?: FormCore): Promise<Outcome> {
  // Without a solution it is the body of a sender who knows no challenges, whom the server asks nothing.
  const answer = (solution?: Solution) => request(url, JSON.stringify({ ...JSON.parse(body), solution }));
  // A page may be open for longer than the server knows the id: what is too old is not sent, lest it be sent twice.
  const isOver = Date.now() - at > KEPT_MS;
  let reply: Reply = isOver ? { kind: "refused", reason: "expired", errors: [] } : await request(url, body);
  if (reply.kind === "challenged") {
    const { challenge } = reply;
    // A visitor cannot mend what fails of that: the lead is to arrive all the same.
    reply = await import("./proof.ts").then(({ clear }) => clear(challenge, answer, core)).catch(() => answer());
  }
  if (reply.kind === "challenged") return { kind: "later" };
  if (reply.kind !== "later") remember(OUTBOX_PREFIX + id, null);
  return reply;
}

/** What this page is sending just now, or has heard the end of: two who ask for the same share one request. */
const asked = new Map<string, Promise<Outcome>>();

function deliver(submission: Submission, core?: FormCore): Promise<Outcome> {
  const { id } = submission;
  const send = () => post(submission, core);
  let sending = asked.get(id);
  if (!sending) {
    // Two tabs take turns. Should both send after all, the server knows the id.
    sending = (navigator.locks?.request(`foyer:${id}`, send).catch(send) ?? send()).then((outcome) => {
      if (outcome.kind === "later") asked.delete(id);
      return outcome;
    });
    asked.set(id, sending);
  }
  return sending;
}

/** What this page sends, or waits to send again. */
export const cared = new Set<string>();

/**
 * Sends until there is a final answer, with growing pauses, and at once when the network is back.
 * @param heard Told of every attempt's outcome.
 * @param core The form that it is of, where the visitor sees it. Its end is that of the attempts; the submission stays for
 *   a later page.
 * @returns Try now.
 */
export function sendUntilAnswered(
  submission: Submission,
  heard: (outcome: Outcome) => void,
  core?: FormCore,
): () => void {
  const stop = core?.it.stop.signal;
  let failures = 0;
  let busy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  cared.add(submission.id);
  const end = () => {
    cared.delete(submission.id);
    clearTimeout(timer);
    removeEventListener("online", attempt);
  };
  const attempt = async () => {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    const outcome = await deliver(submission, core);
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
