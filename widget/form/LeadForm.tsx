import type { PublicForm } from "../../shared/lead-fields.ts";
import type { Texts } from "../app/locales/en.ts";
import { Field } from "./Field.tsx";
import { CONSENT, type FormSession, type Page } from "./state.ts";

interface Props {
  form: PublicForm;
  session: FormSession;
  texts: Texts;
}

/** The form itself, from its title to the button. */
export function LeadForm(props: Props) {
  const { form, session, texts } = props;
  const { busy, alert, more } = session.state;
  const { consent, honeypot } = form;
  const { title = texts.title, intro, submit = texts.send } = form.texts;
  const { fields, next, back }: Page = more?.page(props) ?? {
    fields: form.fields.map((field) => field.type !== "hidden" && <Field key={field.name} field={field} {...props} />),
  };
  return (
    <>
      <h2 id="title" part="title">
        {title}
      </h2>
      <p part="intro">{intro}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          session.submit();
        }}
      >
        {fields}
        {/* People neither see nor reach this one, by eye, Tab or screen reader; programs fill it in. */}
        <input
          class="unseen"
          aria-hidden="true"
          name={honeypot}
          tabIndex={-1}
          autocomplete="off"
          onInput={({ currentTarget }) => session.enter(honeypot, currentTarget.value)}
        />
        {consent && !next && (
          <Field field={{ ...consent, name: CONSENT, type: "checkbox", label: consent.text }} {...props}>
            {consent.url && (
              <a href={consent.url} target="_blank" rel="noopener">
                {texts.more}
              </a>
            )}
          </Field>
        )}
        <p class="wrong" role="alert">
          {alert && texts[alert]}
        </p>
        <button type="submit" class="button" part="button" aria-disabled={busy}>
          {busy ? texts.sending : (next ?? submit)}
        </button>
        {back}
      </form>
    </>
  );
}
