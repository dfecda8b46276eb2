/** What a page tells the room on every connection: who comes, from where, and what the page knows already. */
import type { VisitorFrame } from "../../shared/chat-frames.ts";
import { PAGE_TITLE_LIMIT_CHARS, URL_LIMIT_CHARS, VISITOR_ID_LIMIT_CHARS } from "../../shared/limits.ts";
import type { FormState } from "../form/state.ts";
import { pageContext } from "../lib/page-context.ts";

/**
 * Answers that the visitor has typed are not given away: they are theirs to send.
 * @param touched the names of those.
 * @param since the last number that is known here.
 */
export function helloFrame(
  { form, answers, tag, query: ofPage }: FormState,
  touched: Set<string>,
  visitor: unknown,
  since: number,
): VisitorFrame {
  const { url, title, referrer } = pageContext();
  const given: Record<string, string | boolean> = {};
  for (const { name, type, query = name } of form?.fields ?? []) {
    const value = answers[name] ?? (type === "hidden" && ofPage?.(query));
    if (value && !Array.isArray(value) && !touched.has(name)) given[name] = value as string | true;
  }
  return {
    t: "hello",
    since,
    visitor: `${visitor}`.slice(0, VISITOR_ID_LIMIT_CHARS),
    locale: tag,
    page: {
      url: url?.slice(0, URL_LIMIT_CHARS),
      title: title?.slice(0, PAGE_TITLE_LIMIT_CHARS),
      referrer: referrer?.slice(0, URL_LIMIT_CHARS),
    },
    given,
  };
}
