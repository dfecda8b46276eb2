/** Problem details as a schema: what `problem.ts` makes. Evaluated for the API's description only. */
import * as z from "zod/mini";
import { PROBLEM_KINDS, PROBLEM_TYPE_PREFIX, type Problem as ProblemType } from "../../../shared/capture-api.ts";

const TYPES = PROBLEM_KINDS.map((kind) => `${PROBLEM_TYPE_PREFIX}${kind}` as const);

export const Problem = z.object({
  type: z.enum(TYPES),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ field: z.string(), code: z.string(), message: z.string() }))),
}) satisfies z.ZodMiniType<ProblemType>;
