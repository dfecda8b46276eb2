import type { PublicField } from "../../shared/lead-fields.ts";
import { NUMBER_DECIMALS_LIMIT } from "../../shared/rare-limits.ts";
import { dateWords } from "../app/phrase.ts";
import type { Limit } from "../form/problems.ts";

/** The bound that an answer has passed, as the visitor's language writes it. */
export function bound({ type, min, max, step }: PublicField, code: string): Limit | undefined {
  const low = /^too_(small|early|few)$/.test(code) ? min : undefined;
  const passed = code === "step" ? step : /^too_(lar|late|many)/.test(code) ? max : low;
  if (passed === undefined) return undefined;
  if (type === "date") return (texts) => dateWords(`${passed}`, texts);
  if (type !== "number") return passed;
  return ({ tag }) => passed.toLocaleString(tag, { maximumFractionDigits: NUMBER_DECIMALS_LIMIT });
}
