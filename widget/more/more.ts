/**
 * What only some forms need: the rarer kinds of field, conditions, steps. A chunk of its own, fetched as soon as a form's
 * definition asks for it; the form is shown when all is there. See `More`.
 */
export { holds, rareProblem, tidyRare } from "../../shared/rare-answers.ts";
export { bound } from "./bound.ts";
export { ratings } from "./Group.tsx";
export { page } from "./page.tsx";
export { goOn, stepOf } from "./steps.ts";
