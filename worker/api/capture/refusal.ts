/** Refusals of the capture API, for whoever reads them: the widget, or a page without script. */
import type { Context } from "hono";
import type { ProblemKind } from "../../../shared/capture-api.ts";
import { Late } from "../../services/late.ts";
import { type ProblemExtra, problem } from "../http/problem.ts";

export const PAGES = new Late(() => import("./pages.ts"));

export type BodyKind = "json" | "html";

/** text/plain is JSON that a closing page sent without a preflight. null: neither. */
export function bodyKind(contentType: string | undefined): BodyKind | null {
  const type = (contentType ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === "application/json" || type === "text/plain") return "json";
  if (type === "application/x-www-form-urlencoded" || type === "multipart/form-data") return "html";
  return null;
}

/** A refusal in the form that its reader understands: problem details, or a page for whoever posted a plain form. */
export async function refuse(c: Context, kind: ProblemKind, extra: ProblemExtra = {}): Promise<Response> {
  const isHtml = bodyKind(c.req.header("content-type")) === "html";
  if (!isHtml) return problem(kind, extra);
  const { problemPage } = await PAGES.load();
  return problemPage(kind, extra);
}
