import type { FormSession } from "./state.ts";

const CHECK = "M6 13l4 4 8-9";
const CLOCK = "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18";

/** What the visitor reads in the form's place: arrived, here already, not sent yet, or no form to be had. */
export function OutcomeView({ session }: { session: FormSession }) {
  const { phase, form, answer, busy, kept, texts, sender } = session.state;
  const own = form?.texts;
  let title = texts?.unavailable;
  let text: string | undefined;
  let again: (() => void) | undefined = session.load;
  if (phase === "sent") {
    title = answer?.thanks?.title ?? own?.thanks_title ?? texts?.sent_title;
    text = answer?.thanks?.text ?? own?.thanks_text ?? texts?.sent_text;
    again = undefined;
  } else if (phase === "duplicate") {
    title = texts?.duplicate_title;
    text = own?.duplicate_text ?? texts?.duplicate_text;
    again = undefined;
  } else if (phase === "waiting") {
    title = texts?.waiting_title;
    text = kept ? texts?.waiting_text : texts?.waiting_open;
    again = sender?.retry;
  }
  return (
    <div class="outcome" part="outcome">
      <svg class={again ? "badge open" : "badge"} viewBox="0 0 24 24" aria-hidden="true">
        <path d={again ? CLOCK : CHECK} />
      </svg>
      <h2 id="title" part="title" tabIndex={-1}>
        {title}
      </h2>
      <p part="intro">{text}</p>
      {again && (
        <button type="button" class="button" part="button" aria-disabled={busy} onClick={again}>
          {busy ? texts?.sending : (texts?.retry ?? "↻")}
        </button>
      )}
    </div>
  );
}
