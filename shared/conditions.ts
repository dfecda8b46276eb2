/** On what other answers it depends whether a field is asked at all. How a condition is judged: `rare-answers.ts`. */
import * as z from "zod/mini";
import { CONDITION_DEPTH_LIMIT, CONDITION_TESTS_LIMIT, NAME_LIMIT_CHARS, TEXT_LIMIT_CHARS } from "./limits.ts";

export const CONDITION_OPS = ["equals", "not_equals", "contains", "empty", "filled", "lt", "lte", "gt", "gte"] as const;

/**
 * One test of one earlier answer. `equals` is to the letter, `contains` of a text whatever the case; an answer that is
 * empty, or whose own field is not shown, is `empty`, equal to nothing, and neither less nor greater than anything.
 */
export const ConditionTest = z.strictObject({
  field: z.string().check(z.maxLength(NAME_LIMIT_CHARS)),
  op: z.enum(CONDITION_OPS),
  value: z.optional(
    z.union([z.string().check(z.minLength(1), z.maxLength(TEXT_LIMIT_CHARS)), z.number(), z.boolean()]),
  ),
});
export type ConditionTest = z.infer<typeof ConditionTest>;

export type Condition = ConditionTest | { all: Condition[] } | { any: Condition[] };

const several = () => z.array(z.lazy(() => Condition)).check(z.minLength(1), z.maxLength(CONDITION_TESTS_LIMIT));
export const Condition: z.ZodMiniType<Condition> = z.union([
  ConditionTest,
  z.strictObject({ all: several() }),
  z.strictObject({ any: several() }),
]);

/** Every test in it; null where there are too many, or they are nested too deep. */
export function testsOf(condition: Condition, depth = 1): ConditionTest[] | null {
  if ("field" in condition) return [condition];
  const parts = "all" in condition ? condition.all : condition.any;
  if (depth > CONDITION_DEPTH_LIMIT) return null;
  const tests: ConditionTest[] = [];
  for (const part of parts) {
    const found = testsOf(part, depth + 1);
    if (found === null) return null;
    tests.push(...found);
  }
  return tests.length > CONDITION_TESTS_LIMIT ? null : tests;
}
