/** Forms that are asked in steps: which one the visitor is at, and where they can go from there. */
import type { PublicForm } from "../../shared/lead-fields.ts";
import type { FieldProblems } from "../form/problems.ts";
import type { FormCore } from "../form/state.ts";

/** @returns the numbers of the steps that have a field to show, and the place among them of the one that is shown. */
export function stepsOf({ state }: FormCore): { shown: number[]; at: number } {
  const names = new Set(state.sender?.read().flatMap(({ field, isShown }) => (isShown ? field.name : [])));
  const shown = [...(state.form?.steps ?? []).keys()].filter((step) =>
    state.form?.steps?.[step]?.fields.some((name) => names.has(name)),
  );
  const at = shown.filter((step) => step <= (state.step ?? 0)).length - 1;
  return { shown, at: Math.max(at, 0) };
}

/** Goes to a step, and to its heading. */
export function turnTo(core: FormCore, step: number | undefined): void {
  core.become({ step, problems: new Map(), alert: undefined });
  core.frame.querySelector<HTMLElement>("h3")?.focus();
}

/** Before the last step it is judged by itself, and goes on where nothing is wrong with it. See `More`. */
export function goOn(core: FormCore, problems: FieldProblems): FieldProblems | null {
  const { shown, at } = stepsOf(core);
  const fields = at < shown.length - 1 ? core.state.form?.steps?.[shown[at] ?? 0]?.fields : undefined;
  if (!fields) return problems;
  const here = new Map([...problems].filter(([name]) => fields.includes(name)));
  if (here.size > 0) return here;
  turnTo(core, shown[at + 1]);
  return null;
}

/** The step with the first of the problems; undefined where none has one. */
export function stepOf({ steps = [] }: PublicForm, problems: FieldProblems): number | undefined {
  const step = steps.findIndex(({ fields }) => fields.some((name) => problems.has(name)));
  return step < 0 ? undefined : step;
}
