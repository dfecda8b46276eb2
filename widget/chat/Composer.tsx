import type { PublicField, PublicForm } from "../../shared/lead-fields.ts";
import type { RATING_DEFAULT } from "../../shared/rare-limits.ts";
import type { Texts } from "../app/locales/en.ts";
import { Field } from "../form/Field.tsx";
import { CONSENT, type FormSession } from "../form/state.ts";
import type { Chat } from "./chat.ts";
import { link } from "./Message.tsx";

/** Where the field does not say; its own module belongs to another chunk. */
const RATING: typeof RATING_DEFAULT = 5;

export interface ChatProps {
  chat: Chat;
  form: PublicForm;
  session: FormSession;
  texts: Texts;
}

/** Fields that are answered by pressing one of their answers. */
const PRESSED = /select|radio|checkbox$|rating/;

/** What the visitor answers with: buttons where there is something to choose from, else what the form has for the field. */
export function Composer({ chat, form, session, texts }: ChatProps) {
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
  const { name, type, options, max, required } = asked;
  const { state } = session;
  const isPressed = PRESSED.test(type);
  const isConsent = name === CONSENT;
  const choices =
    options ??
    (type === "checkbox"
      ? [{ value: true, label: isConsent ? t.agree : t.yes }]
      : Array.from({ length: Number(max ?? RATING) }, (_, n) => `${n + 1}`).map((value) => ({ value, label: value })));
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
        <div class="choices">
          {choices.map((choice) => (
            <button type="button" class="button" part="button" onClick={() => chat.answer(asked, choice.value)}>
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
      <p class={isPressed ? "wrong" : "unseen"} role="alert">
        {state.problems.get(name)}
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
