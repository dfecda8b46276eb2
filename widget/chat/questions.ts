/** A form's fields as a chat asks for them, and answers as its bubbles say them. */
import type { ChatAnswer } from "../../shared/chat-frames.ts";
import type { PublicField, PublicForm } from "../../shared/lead-fields.ts";
import { CONSENT } from "../form/state.ts";
import type { Pending } from "./kept.ts";
import type { ChatTexts } from "./locales/en.ts";
import type { Shown } from "./state.ts";

/** A form's field by its name; the consent is one of them here. */
export function fieldOf(form: PublicForm | undefined, name: string | undefined): PublicField | undefined {
  const consent = form?.consent;
  if (name === CONSENT && consent) return { ...consent, name, type: "checkbox", label: consent.text };
  return form?.fields.find((field) => field.name === name);
}

/** An answer as its field's options put it; the room says it so, too. */
const wordsFor = (field: PublicField | undefined, value: ChatAnswer): string =>
  [value ?? "–"]
    .flat()
    .map((one) => field?.options?.find((option) => option.value === one)?.label ?? (one === true ? "✓" : one))
    .join(", ");

/** What was done and has yet to arrive, as a line of the log. */
export function lineOf(form: PublicForm | undefined, texts: ChatTexts, waiting: Pending): Shown {
  const { at, deed } = waiting;
  const text =
    deed.t === "say"
      ? deed.text
      : deed.t === "answer"
        ? wordsFor(fieldOf(form, deed.field), deed.value)
        : texts[deed.t === "call" ? "person" : "end"];
  return { seq: 0, at, by: "visitor", text, waiting };
}
