/** How JSON is read and lists are answered where problems are problem details: of administrators and of operators. */
import type { Context } from "hono";
import type * as z from "zod/mini";
import { PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import { parseJson } from "./json.ts";
import { problem } from "./problem.ts";
import "./zod-words.ts";

/** The body as the schema gives it, or the answer that says what is wrong with it. */
export async function read<T extends z.ZodMiniType>(c: Context, schema: T): Promise<z.infer<T> | Response> {
  const json = parseJson(await c.req.text());
  if (!json.ok) return problem("malformed", { detail: json.failure });
  const parsed = schema.safeParse(json.value);
  return parsed.success ? parsed.data : issuesProblem(parsed.error.issues);
}

/** One problem for each thing that is wrong, by its path in the body. */
export function issuesProblem(issues: readonly z.core.$ZodIssue[]): Response {
  const errors = issues.flatMap((issue) => {
    const keys = issue.code === "unrecognized_keys" ? issue.keys : [undefined];
    return keys.map((key) => ({
      field: [...issue.path, ...(key === undefined ? [] : [key])].join(".") || "body",
      code: issue.code,
      message: issue.message,
    }));
  });
  return problem("invalid-fields", { errors });
}

/** Where a page starts: after a time or number, and an id. null: not one of ours. */
export function cursor(c: Context): { at: number; id: string } | null {
  const text = c.req.query("cursor");
  if (text === undefined) return { at: -1, id: "" };
  const [, at, id] = /^(\d{1,15})\.([\w-]{0,64})$/.exec(text) ?? [];
  return at === undefined ? null : { at: Number(at), id: id ?? "" };
}

/** The address of the page that starts there. */
export function nextPage(c: Context, at: number, id: string): string {
  const url = new URL(c.req.url);
  url.searchParams.set("cursor", `${at}.${id}`);
  return url.href;
}

/** @param rows a page of `limit` and one more. */
export function page<T>(
  c: Context,
  rows: T[],
  body: (row: T) => object,
  place: (row: T) => [number, string],
  limit = PAGE_SIZE_LIMIT,
): Response {
  const results = rows.slice(0, limit);
  const last = results.at(-1);
  return c.json({ results: results.map(body), next: rows.length > limit && last ? nextPage(c, ...place(last)) : null });
}
