import type { PublicField, PublicForm } from "../../shared/lead-fields.ts";
import type { Texts } from "../app/locales/en.ts";
import { Field, notes } from "../form/Field.tsx";
import { type Choice, CONSENT, type FormSession } from "../form/state.ts";
import { link } from "./Message.tsx";
import type { Chat } from "./state.ts";

export interface ChatProps {
  chat: Chat;
  form: PublicForm;
  session: FormSession;
  texts: Texts;
}

type ChatChoice = Omit<Choice, "value"> & { value: string | boolean };

/** Fields that are answered by pressing one of their answers. */
const PRESSED = /select|radio|checkbox$|rating/;

/** What the visitor answers with: buttons where there is something to choose from, else what the form has for the field. */
export function composer({ chat, form, session, texts }: ChatProps) {
  const t = chat.texts;
  const { ask } = chat.room;
  const field = chat.field();
  const asked: PublicField = field ?? {
    name: "",
    type: "textarea",
    label: t.write,
    placeholder: t.write,
    required: true,
  };
  const { name, type, label, help, options, required } = asked;
  const { state } = session;
  const problem = state.problems.get(name);
  const id = `f-${name}`;
  const isPressed = PRESSED.test(type);
  const isConsent = name === CONSENT;
  const choices =
    options ??
    (type === "checkbox"
      ? [{ value: true, label: isConsent ? t.agree : t.yes }]
      : (state.more?.ratings(asked, texts) as Choice[]));
  return (
    <form
      key={name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        session.submit();
      }}
      onKeyDown={(event) => {
        // While a word is being composed, Enter has another code.
        if (event.keyCode === 13 && !event.shiftKey && (event.target as Element).id) {
          event.preventDefault();
          session.submit();
        }
      }}
    >
      {isPressed ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset brings looks of its own.
        <div class="choices" role="group" aria-label={label} aria-describedby={`${id}-note`}>
          {choices.map((choice: ChatChoice) => (
            <button
              type="button"
              class="button"
              part="button"
              aria-label={choice.name}
              onClick={() => chat.answer(asked, choice.value)}
            >
              {choice.label}
            </button>
          ))}
        </div>
      ) : (
        <div class="entry">
          {(field && state.more?.page({ form: { ...form, steps: undefined }, session, texts }).fields) || (
            <Field field={asked} session={session} texts={texts} />
          )}
          <button type="submit" class="button" part="button">
            {texts.send}
          </button>
        </div>
      )}
      {isPressed && notes(id, help, problem)}
      <p class="unseen" role="alert">
        {problem}
      </p>
      <p>
        {isConsent && form.consent?.url && (
          <a class="link" href={form.consent.url} target="_blank" rel="noopener">
            {texts.more}
          </a>
        )}
        {required || link(t.skip, () => chat.answer(asked, undefined))}
        {ask && link(name === ask ? t.write : texts.back, () => chat.turnTo(name === ask ? "" : undefined))}
      </p>
    </form>
  );
}
