import type { PublicField } from "../../shared/lead-fields.ts";

/** The bound that an answer has passed, as the visitor reads it: dates as their browser's own control writes them. */
export function bound({ type, min, max, step }: PublicField, code: string): number | string | undefined {
  const passed = /^too_(small|early|few)$/.test(code) ? min : /^too_(lar|late|many)/.test(code) ? max : undefined;
  if (type === "date" && passed) return new Date(passed).toLocaleDateString(undefined, { timeZone: "UTC" });
  return code === "step" ? step : passed;
}
