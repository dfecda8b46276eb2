import type { PublicForm } from "../../shared/lead-fields.ts";
import type { Texts } from "../app/locales/en.ts";
import { Field, Problem, problemText, Tick } from "./Field.tsx";
import { CONSENT } from "./request.ts";
import { CONSENT_ANSWER, type FormSession } from "./session.ts";

interface Props {
  form: PublicForm;
  session: FormSession;
  texts: Texts;
}

/** The agreement that is kept with the lead, and where to read more. */
function Consent({ form, session, texts }: Props) {
  const { consent } = form;
  if (!consent) return null;
  const { answers, problems } = session.state;
  const problem = problems[CONSENT];
  return (
    <div class="field" part="consent">
      <Tick
        id="consent"
        checked={answers[CONSENT_ANSWER] === true}
        required={consent.required}
        invalid={!!problem}
        describedBy={problem && "consent-problem"}
        enter={(given) => session.enter(CONSENT_ANSWER, given)}
      >
        {consent.text}
        {consent.url && [
          " ",
          <a href={consent.url} target="_blank" rel="noopener">
            {texts.more}
          </a>,
        ]}
      </Tick>
      <Problem id="consent-problem" text={problem && problemText(problem, texts)} />
    </div>
  );
}

/** A field that people neither see nor reach, by eye, Tab or screen reader; programs fill it in. */
const Honeypot = ({ form, session }: Props) => (
  <div class="unseen" aria-hidden="true">
    <input
      name={form.honeypot}
      tabIndex={-1}
      autocomplete="off"
      onInput={(event) => session.enter(form.honeypot, event.currentTarget.value)}
    />
  </div>
);

/** The form itself, from the first field to the button. */
export function LeadForm(props: Props) {
  const { form, session, texts } = props;
  const { busy, problems, refused } = session.state;
  const wrong = refused || Object.keys(problems).length > 0;
  return (
    <form
      part="form"
      noValidate
      aria-label={form.texts.title ?? texts.title}
      onSubmit={(event) => {
        event.preventDefault();
        session.send();
      }}
    >
      {form.fields.map((field) => (
        <Field key={field.name} field={field} session={session} texts={texts} />
      ))}
      <Honeypot {...props} />
      <Consent {...props} />
      <p class="problem" role="alert" hidden={!wrong}>
        {wrong && (refused ? texts.refused : texts.check)}
      </p>
      <button class="button" part="button" aria-disabled={busy}>
        {busy ? texts.sending : (form.texts.submit ?? texts.send)}
      </button>
    </form>
  );
}
