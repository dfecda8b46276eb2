/** What callers of get-leads send, and what is said when it is wrong. */
import {
  CHAT_LEADS_DEPTH_LIMIT,
  CHAT_LEADS_PAGE_SIZE_DEFAULT,
  CHAT_LEADS_PAGE_SIZE_LIMIT,
} from "../../../shared/limits.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { ChatLeadsQuery } from "../../services/list-chat-leads.ts";
import { parseJson } from "../http/json.ts";

/** Parameters by name, before they are looked at. */
export type Given = Record<string, unknown>;

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** A POST's body: a form where the content type says so, else JSON; none is an empty one. */
export async function readBody(request: Request): Promise<Result<Given, string>> {
  if (FORM.test(request.headers.get("content-type") ?? "")) {
    try {
      return ok(Object.fromEntries(await request.formData()));
    } catch {
      return fail("The body cannot be read as a form.");
    }
  }
  const text = await request.text();
  const json = text.trim() === "" ? ok({}) : parseJson(text);
  if (!json.ok) return fail(`The body cannot be read as JSON: ${json.failure}`);
  if (typeof json.value !== "object" || json.value === null || Array.isArray(json.value)) {
    return fail("The body must be a JSON object.");
  }
  return ok(json.value as Given);
}

/** Each parameter from the body, or else from the query; whether days are real is for the verb to say. */
export function parseParameters(body: Given, query: URLSearchParams): Result<ChatLeadsQuery, string> {
  const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== "";
  const given = (name: string): unknown =>
    Object.hasOwn(body, name) && isGiven(body[name]) ? body[name] : query.get(name) || undefined;

  const formId = given("chatbotId") ?? given("agentId");
  if (formId === undefined) return fail("chatbotId is required.");
  if (typeof formId !== "string") return fail("chatbotId must be a text.");
  const [firstDay, lastDay] = [given("startDate") ?? null, given("endDate") ?? null];
  if (!isTextOrNull(firstDay)) return fail("startDate must be a date like 2023-07-10.");
  if (!isTextOrNull(lastDay)) return fail("endDate must be a date like 2023-07-10.");
  const page = wholeNumber(given("page") ?? 1, Number.MAX_VALUE);
  if (page === null) return fail("page must be a whole number from 1 on.");
  const size = wholeNumber(given("size") ?? CHAT_LEADS_PAGE_SIZE_DEFAULT, CHAT_LEADS_PAGE_SIZE_LIMIT);
  if (size === null) return fail(`size must be a whole number from 1 to ${CHAT_LEADS_PAGE_SIZE_LIMIT}.`);
  if (page * size > CHAT_LEADS_DEPTH_LIMIT) {
    return fail(`Pages end at ${CHAT_LEADS_DEPTH_LIMIT} leads: startDate and endDate narrow what they begin with.`);
  }
  return ok({ formId: formId.toLowerCase(), firstDay, lastDay, page, size });
}

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === "string";

/** A number or its decimal digits, from 1 on. */
function wholeNumber(value: unknown, most: number): number | null {
  if (typeof value !== "number" && !(typeof value === "string" && /^\d{1,15}$/.test(value))) return null;
  const number = Number(value);
  return Number.isInteger(number) && number >= 1 && number <= most ? number : null;
}
