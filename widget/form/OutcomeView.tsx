import type { FormSession } from "./state.ts";

const CHECK = "M6 13l4 4 8-9";
const CLOCK = "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18";

type Words = Readonly<Record<string, string | undefined>>;

/** What the visitor reads in the form's place: arrived, here already, not sent yet, or no form to be had. */
export function OutcomeView({ session }: { session: FormSession }) {
  const { phase, form, answer, busy, kept, texts, sender } = session.state;
  // The form's own words first, which follow the visitor's language; then the server's, then ours.
  const own: Words | undefined = form?.texts;
  const ours = texts as Words | undefined;
  const key = phase === "sent" ? "thanks" : phase;
  const title = own?.[`${key}_title`] ?? answer?.thanks?.title ?? ours?.[`${phase}_title`] ?? ours?.unavailable;
  const said = phase === "waiting" && !kept ? "waiting_open" : `${phase}_text`;
  const text = own?.[`${key}_text`] ?? answer?.thanks?.text ?? ours?.[said];
  const again = phase === "waiting" ? sender?.retry : phase === "unavailable" ? session.load : undefined;
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
