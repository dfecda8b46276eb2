import type { Texts } from "../app/locales/en.ts";
import type { FormSession, Phase } from "./session.ts";

const CHECK = "M6 13l4 4 8-9";
const CLOCK = "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18";

interface Props {
  phase: Exclude<Phase, "loading" | "filling">;
  session: FormSession;
  texts: Texts;
}

/** What the visitor reads in the form's place: arrived, here already, not sent yet, or no form to be had. */
export function Outcome({ phase, session, texts }: Props) {
  const { form, answer, busy } = session.state;
  const own = form?.texts;
  const [title, text] = {
    sent: [
      answer?.thanks?.title ?? own?.thanks_title ?? texts.sent_title,
      answer?.thanks?.text ?? own?.thanks_text ?? texts.sent_text,
    ],
    duplicate: [texts.duplicate_title, own?.duplicate_text ?? texts.duplicate_text],
    waiting: [texts.waiting_title, texts.waiting_text],
    unavailable: [texts.unavailable, ""],
  }[phase];
  const open = phase === "waiting" || phase === "unavailable";
  return (
    <div class="outcome" part="outcome">
      <svg class={open ? "badge open" : "badge"} viewBox="0 0 24 24" aria-hidden="true">
        <path d={open ? CLOCK : CHECK} />
      </svg>
      <h2 part="title" tabIndex={-1}>
        {title}
      </h2>
      <p part="intro">{text}</p>
      {open && (
        <button type="button" class="button" part="button" aria-disabled={busy} onClick={session.retry}>
          {busy ? texts.sending : texts.retry}
        </button>
      )}
    </div>
  );
}
