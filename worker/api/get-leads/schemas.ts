/** What callers of get-leads send, and what is said when it is wrong. */
import * as z from "zod/mini";
import {
  CHAT_LEADS_DEPTH_LIMIT,
  CHAT_LEADS_PAGE_SIZE_DEFAULT,
  CHAT_LEADS_PAGE_SIZE_LIMIT,
} from "../../../shared/limits.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { ChatLeadsQuery } from "../../services/list-chat-leads.ts";
import type { Fields } from "../http/fields.ts";
import "../http/zod-words.ts";

const SIZE = `size must be a whole number from 1 to ${CHAT_LEADS_PAGE_SIZE_LIMIT}.`;
const PAGE = "page must be a whole number from 1 on.";

/** A number or its decimal digits, from 1 on. */
const whole = (most: number, error: string) =>
  z.pipe(
    z.union([z.number(), z.string().check(z.regex(/^\d{1,15}$/, error))], error),
    z.pipe(
      z.transform(Number),
      z.number().check(z.refine((number) => Number.isInteger(number) && number >= 1 && number <= most, error)),
    ),
  );
const day = (name: string) => z.optional(z.string(`${name} must be a date like 2023-07-10.`));

export const Parameters = z.object({
  chatbotId: z.optional(z.string("chatbotId must be a text.")),
  /** What newer callers name it. */
  agentId: z.optional(z.string("agentId must be a text.")),
  startDate: day("startDate"),
  endDate: day("endDate"),
  page: z.optional(whole(Number.MAX_SAFE_INTEGER, PAGE)),
  size: z.optional(whole(CHAT_LEADS_PAGE_SIZE_LIMIT, SIZE)),
});

/** Each parameter from the body, or else from the query; whether days are real is for the verb to say. */
export function parseParameters(body: Fields, query: URLSearchParams): Result<ChatLeadsQuery, string> {
  const isGiven = ([, value]: [string, unknown]): boolean => value !== undefined && value !== null && value !== "";
  const given = Object.fromEntries([...[...query].filter(isGiven), ...Object.entries(body).filter(isGiven)]);
  const parsed = Parameters.safeParse(given);
  if (!parsed.success) {
    return fail(parsed.error.issues.map(({ message }) => message).join(" "));
  }
  const { chatbotId, agentId, startDate, endDate, page = 1, size = CHAT_LEADS_PAGE_SIZE_DEFAULT } = parsed.data;
  const formId = chatbotId ?? agentId;
  if (formId === undefined) return fail("chatbotId is required.");
  if (page * size > CHAT_LEADS_DEPTH_LIMIT) {
    return fail(`Pages end at ${CHAT_LEADS_DEPTH_LIMIT} leads: startDate and endDate narrow what they begin with.`);
  }
  return ok({ formId: formId.toLowerCase(), firstDay: startDate ?? null, lastDay: endDate ?? null, page, size });
}
