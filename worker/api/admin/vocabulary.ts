/** What an organization's own words have alike, be they pipelines, statuses or sources: keys, names, places, refusals. */
import * as z from "zod/mini";
import { NAME_LIMIT_CHARS } from "../../../shared/limits.ts";
import type { PipelineFailure } from "../../services/pipelines.ts";
import type { SourceFailure } from "../../services/sources.ts";
import { problem } from "../http/problem.ts";
import { failureProblem } from "./errors.ts";

const SORT_LIMIT = 1_000_000;

/** What programs know it by. */
export const key = () =>
  z
    .string()
    .check(z.regex(/^[a-z][a-z0-9_-]*$/, "Lower-case letters, digits, - and _."), z.maxLength(NAME_LIMIT_CHARS));
export const name = () => z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_LIMIT_CHARS));
/** The place among the others; the last where it is not given. */
export const sort = () => z.optional(z.int().check(z.gte(0), z.lte(SORT_LIMIT)));

/** @param needed what is said of those that must stay as they are. */
export function refusal(failure: PipelineFailure | SourceFailure, needed: string): Response {
  switch (failure.kind) {
    case "not-found":
    case "invalid-fields":
      return failureProblem(failure);
    case "taken":
      return problem("conflict", { detail: "Another one has this name or key." });
    case "too-many":
      return problem("conflict", { detail: "There are as many of them as there may be." });
    case "in-use":
      return problem("conflict", { detail: "A lead or a form uses it." });
    case "needed":
      return problem("conflict", { detail: needed });
  }
}
