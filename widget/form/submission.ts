import type { Answers } from "../../shared/answers.ts";
import type { PublicForm } from "../../shared/lead-fields.ts";
import { VISITOR_ID_LIMIT_CHARS } from "../../shared/limits.ts";
import { pageContext, queryValue } from "../lib/page-context.ts";
import { uuid } from "../lib/uuid.ts";
import { visitorId } from "../lib/visitor.ts";
import { type Draft, keep, type Submission } from "./outbox.ts";
import { captureRequest, type Reading } from "./request.ts";

interface Sent {
  /** The form's address at the server. */
  url: string;
  /** The visitor's language. */
  locale?: string;
  form: PublicForm;
  answers: Answers;
  /** The site's own name for the visitor, where it has told us. */
  knownAs: unknown;
  elapsedMs: number;
  reading: Reading;
}

/** Writes down what the visitor sends, and puts it in the outbox. */
export function createSubmission({ url, locale, form, answers, knownAs, elapsedMs, reading }: Sent): Submission {
  const id = uuid();
  const request = captureRequest(form, answers, {
    submissionId: id,
    visitorId: knownAs ? `${knownAs}`.slice(0, VISITOR_ID_LIMIT_CHARS) : visitorId(),
    locale,
    page: pageContext(),
    elapsedMs,
    more: reading.more,
    query: reading.query,
  });
  const submission = { id, url: `${url}/leads`, at: Date.now(), body: JSON.stringify(request) };
  keep(submission);
  return submission;
}

/** Writes the request of a draft, under the id that it has, so that every page that finds it sends the same. */
export function complete(entry: Submission | Draft): Submission {
  if ("body" in entry) return entry;
  const { id, url, at, form, answers, ...known } = entry;
  const query = (name: string) => queryValue(name, known.page?.url ?? location.href);
  const request = captureRequest(form, answers, { submissionId: id, visitorId: visitorId(), query, ...known });
  const submission = { id, url, at, body: JSON.stringify(request) };
  keep(submission);
  return submission;
}
