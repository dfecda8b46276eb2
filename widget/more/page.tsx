import type { PublicForm } from "../../shared/lead-fields.ts";
import { addStyles } from "../app/frame.ts";
import type { Texts } from "../app/locales/en.ts";
import { phrase } from "../app/phrase.ts";
import type { FormSession, Page } from "../form/state.ts";
import css from "./more.css?inline";
import { RareField } from "./RareField.tsx";
import { stepsOf, turnTo } from "./steps.ts";

interface Props {
  form: PublicForm;
  session: FormSession;
  texts: Texts;
}

const styled = new WeakSet<ShadowRoot>();

/** What the form shows now: the fields that no condition hides, of the step that the visitor is at. */
export function page({ form, session, texts }: Props): Page {
  const { it, state } = session;
  if (!styled.has(it.root)) addStyles(it.root, css);
  styled.add(it.root);
  const { shown, at } = stepsOf(session);
  const step = form.steps?.[shown[at] ?? 0];
  const fields = (state.sender?.read() ?? []).map(
    ({ field, isShown }) =>
      isShown &&
      field.type !== "hidden" &&
      (!step || step.fields.includes(field.name)) && (
        <RareField key={field.name} field={field} session={session} texts={texts} />
      ),
  );
  if (!step) return { fields };
  const count = phrase(texts.step_of, { n: at + 1, of: shown.length }, texts.tag);
  return {
    fields: [
      <div key={`step ${shown[at]}`} part="step">
        <progress value={at + 1} max={shown.length} aria-hidden="true" />
        <h3 tabIndex={-1}>
          <small>{count}</small> {step.title}
        </h3>
      </div>,
      ...fields,
    ],
    next: at < shown.length - 1 ? texts.next : undefined,
    back: at > 0 && (
      <button type="button" class="back" part="back" onClick={() => turnTo(session, shown[at - 1])}>
        {texts.back}
      </button>
    ),
  };
}
