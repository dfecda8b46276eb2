/** Fields that people write by hand: of a body (form data, urlencoded or JSON, all alike) or of an address. */
import { fail, ok, type Result } from "../../domain/result.ts";
import { wellFormedText } from "../../domain/text.ts";
import { parseJson } from "./json.ts";

/** By name: text, or what is none and no field takes (a file, a list). The last of a name that comes twice. */
export type Fields = Record<string, unknown>;

export type FieldsFailure =
  | { kind: "no-form" }
  /** And in words why. */
  | { kind: "no-json"; why: string }
  /** JSON, and something else than fields by name. */
  | { kind: "no-object" }
  | { kind: "unsupported"; type: string };

/** An empty body of whatever type has no fields. @param anyType what does not say it is a form is read as JSON. */
export async function readFields(request: Request, anyType = false): Promise<Result<Fields, FieldsFailure>> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/x-www-form-urlencoded") return ok(fieldsOf(new URLSearchParams(await request.text())));
  if (type === "multipart/form-data") return readMultipart(request);
  const text = await request.text();
  if (text.trim() === "") return ok({});
  const isJson = type === "" || anyType || /^application\/([\w.-]+\+)?json$/.test(type);
  if (!isJson) return fail({ kind: "unsupported", type });
  const json = parseJson(text);
  if (!json.ok) return fail({ kind: "no-json", why: json.failure });
  if (typeof json.value === "object" && json.value !== null && !Array.isArray(json.value)) return ok({ ...json.value });
  return fail({ kind: "no-object" });
}

async function readMultipart(request: Request): Promise<Result<Fields, FieldsFailure>> {
  const bytes = await request.arrayBuffer();
  // No bytes have no boundary to begin with.
  if (bytes.byteLength === 0) return ok({});
  try {
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    return ok(fieldsOf(await new Response(bytes, { headers }).formData()));
  } catch {
    return fail({ kind: "no-form" });
  }
}

/** The parameters of an address. */
export const readQuery = (request: Request): URLSearchParams =>
  new URLSearchParams(
    Array.from(new URL(request.url).searchParams, ([name, value]) => [wellFormedText(name), wellFormedText(value)]),
  );

const fieldsOf = (entries: Iterable<[string, unknown]>): Fields =>
  // fromEntries defines, so that a field called __proto__ stays a field
  Object.fromEntries(
    Array.from(entries, ([name, value]) => [
      wellFormedText(name),
      typeof value === "string" ? wellFormedText(value) : value,
    ]),
  );
