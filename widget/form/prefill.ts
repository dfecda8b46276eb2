/** Fills fields from what the page knows. A chunk of its own, fetched where there is something to fill in. */
import type { Answer } from "../../shared/answers.ts";
import type { FormCore } from "./state.ts";

/** What the site has said: of fields by name, and of the person. */
export interface Given {
  prefill: Record<string, unknown>;
  identify: Record<string, unknown>;
}

/**
 * Puts answers into the fields that the visitor has not touched, best source first: `prefill`, `identify`, the page's query
 * (`foyer_<name>`), the script tag (`data-prefill-<name>`). What is no valid answer is left out, and nothing ever ticks the
 * consent.
 */
export function prefill({ it, state }: FormCore, touched: Set<string>, given?: Given): void {
  const { prefill: values = {}, identify: person = {} } = given ?? {};
  const { answers, form, sender, query } = state;
  for (const [index, { name, type, autocomplete = "" }] of (form?.fields ?? []).entries()) {
    if (touched.has(name)) continue;
    const before = answers[name];
    for (const source of [
      values[name],
      person[name] ?? person[type] ?? person[autocomplete],
      query?.(`foyer_${name}`),
      it.script.getAttribute(`data-prefill-${name}`),
    ]) {
      const text = typeof source === "number" ? `${source}` : source;
      if (text === undefined || text === null || text === "") continue;
      answers[name] = type === "checkbox" ? /^(true|on|yes|1)$/.test(`${text}`) : (text as Answer);
      const read = sender?.read()[index];
      if (!read?.problem) {
        // Several options may come as one text.
        if (read?.value) answers[name] = read.value as Answer;
        break;
      }
      answers[name] = before as Answer;
    }
  }
}
