/** How administrators' requests are read and lists answered. */
import type { Context } from "hono";
import type * as z from "zod/mini";
import { PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import type { Context as VerbContext } from "../../services/context.ts";
import { parseJson } from "../http/json.ts";
import { problem } from "../http/problem.ts";
import type { AdminEnv } from "./access.ts";
import { issuesProblem } from "./errors.ts";

export type C = Context<AdminEnv>;
export type ContextFor = (c: C) => VerbContext;

/** The body as the schema gives it, or the answer that says what is wrong with it. */
export async function read<T extends z.ZodMiniType>(c: C, schema: T): Promise<z.infer<T> | Response> {
  const json = parseJson(await c.req.text());
  if (!json.ok) return problem("malformed", { detail: json.failure });
  const parsed = schema.safeParse(json.value);
  return parsed.success ? parsed.data : issuesProblem(parsed.error.issues);
}

/** Where a page starts: after a time or number, and an id. null: not one of ours. */
export function cursor(c: C): { at: number; id: string } | null {
  const text = c.req.query("cursor");
  if (text === undefined) return { at: -1, id: "" };
  const [, at, id] = /^(\d{1,15})\.([\w-]{0,64})$/.exec(text) ?? [];
  return at === undefined ? null : { at: Number(at), id: id ?? "" };
}

/** The address of the page that starts there. */
export function nextPage(c: C, at: number, id: string): string {
  const url = new URL(c.req.url);
  url.searchParams.set("cursor", `${at}.${id}`);
  return url.href;
}

/** @param rows a page and one more. */
export function page<T>(c: C, rows: T[], body: (row: T) => object, place: (row: T) => [number, string]): Response {
  const results = rows.slice(0, PAGE_SIZE_LIMIT);
  const last = results.at(-1);
  return c.json({
    results: results.map(body),
    next: rows.length > PAGE_SIZE_LIMIT && last ? nextPage(c, ...place(last)) : null,
  });
}
