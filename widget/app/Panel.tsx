import { directionOf } from "../../shared/languages.ts";
import { LeadForm } from "../form/LeadForm.tsx";
import type { FormSession } from "../form/state.ts";

interface Props {
  session: FormSession;
  /** There in popup mode only. */
  close?: () => void;
}

/** All that stands in the frame, popup or inline, in whichever state the form is. */
export function Panel({ session, close }: Props) {
  const { phase, form, texts, tag, outcome: Outcome, view: View = LeadForm } = session.state;
  return (
    <div lang={tag} dir={directionOf(tag)}>
      {close && (
        <button type="button" class="close" part="close" aria-label={texts?.close} onClick={close}>
          ×
        </button>
      )}
      {phase === "filling" && form && texts ? (
        <View form={form} session={session} texts={texts} />
      ) : phase === "loading" || !Outcome ? (
        <p>…</p>
      ) : (
        <Outcome session={session} />
      )}
    </div>
  );
}
