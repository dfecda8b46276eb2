/** What a browser does about a challenge. */
import type { Challenge, Problem, Solution } from "../../shared/capture-api.ts";
import { search } from "../../widget/form/search.ts";
import { expectProblem } from "./asking.ts";
import { capture, type Edge, somebody } from "./edge.ts";

/** As the widget does it. */
export function solve({ proof }: Challenge): Solution {
  if (!proof) throw new Error("no proof of work is asked");
  const slices = search(proof);
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}

/** What the widget sends of somebody new who is too fast. */
export const hasty = (more: Record<string, unknown> = {}) => ({
  submission_id: crypto.randomUUID(),
  elapsed_ms: 10,
  solution: null as Solution | null,
  data: somebody(),
  ...more,
});

/** Sends it and insists on a challenge. */
export async function challenged(
  at: Edge,
  formId: string,
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Challenge> {
  const problem: Problem = await expectProblem(await capture(at, formId, body, headers), 428, "challenge-required");
  if (!problem.challenge) throw new Error("a challenge without one");
  return problem.challenge;
}

/** Sends it, solves what it is asked, and sends it again. */
export async function solved(at: Edge, formId: string, body: Record<string, unknown>): Promise<Response> {
  return capture(at, formId, { ...body, solution: solve(await challenged(at, formId, body)) });
}
