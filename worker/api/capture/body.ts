/** The two ways in which a form arrives: the widget's JSON, and the plain post of a page without script. */
import type * as z from "zod/mini";
import { CONSENT_FIELD } from "../../../shared/capture-api.ts";
import { CaptureRequest } from "../../../shared/capture-request.ts";
import type { FormSettings } from "../../domain/form.ts";
import { honeypotOf } from "../../domain/form.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { wellFormedText } from "../../domain/text.ts";
import { parseJson } from "../http/json.ts";
import "../http/zod-words.ts";

/** @returns the request, or in words what is wrong with it. */
export function parseCapture(text: string): Result<CaptureRequest, string> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const parsed = CaptureRequest.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues as z.core.$ZodIssue[];
  return fail(`${issue?.path.join(".") || "body"}: ${issue?.message}`);
}

const CHECKED = new Set(["on", "true", "1", "yes"]);

/**
 * What a plain form says of the form's own fields; buttons and whatever else the page posts are none of ours. A file is
 * kept as a value that no field takes.
 */
export function readHtmlForm(form: FormData, settings: FormSettings): Pick<CaptureRequest, "data" | "consent"> {
  const data: Record<string, unknown> = {};
  const read = (value: unknown): unknown => (typeof value === "string" ? wellFormedText(value) : (value ?? undefined));
  const one = (name: string): unknown => read(form.get(name));
  for (const { name, type } of settings.fields) {
    const value = one(name);
    // A group of boxes posts its name once for each that is ticked.
    if (type === "checkboxes") data[name] = form.getAll(name).map(read);
    else data[name] = type === "checkbox" && typeof value === "string" ? CHECKED.has(value) : value;
  }
  data[honeypotOf(settings)] = one(honeypotOf(settings));
  const { consent } = settings;
  const given = consent ? CHECKED.has(String(one(CONSENT_FIELD) ?? "")) : false;
  return { data, consent: consent ? { version: consent.version, given } : null };
}
