import { LeadForm } from "../form/LeadForm.tsx";
import { Outcome } from "../form/Outcome.tsx";
import type { FormSession } from "../form/session.ts";
import en from "./locales/en.ts";

interface Props {
  session: FormSession;
  /** There in popup mode only. */
  close?: () => void;
}

/** All that stands in the frame, popup or inline, in whichever state the form is. */
export function Panel({ session, close }: Props) {
  const { phase, form, texts = en } = session.state;
  return (
    <>
      {close && (
        <button type="button" class="close" part="close" aria-label={texts.close} onClick={close}>
          <svg width="24" height="24" aria-hidden="true">
            <path d="M7 7l10 10M17 7L7 17" />
          </svg>
        </button>
      )}
      <div class="scroll">
        {phase === "loading" ? (
          <p class="loading" role="status">
            {texts.loading}
          </p>
        ) : phase === "filling" && form ? (
          <>
            <h2 part="title">{form.texts.title ?? texts.title}</h2>
            {form.texts.intro && <p part="intro">{form.texts.intro}</p>}
            <LeadForm form={form} session={session} texts={texts} />
          </>
        ) : (
          <Outcome phase={phase as "sent"} session={session} texts={texts} />
        )}
      </div>
    </>
  );
}
