/**
 * A form as the visitor first meets it: loaded, shown, ready to be answered. What becomes of the answers is the sender's
 * business, whose chunk is fetched as soon as the definition is there, which says whether it is a form or a chat. Holds the
 * state, draws nothing: the view is a function of `state`.
 */
import type { PublicForm } from "../../shared/lead-fields.ts";
import { chosenLanguage, loadTexts } from "../app/locale.ts";
import { homeOf, type Instance, OUTBOX_PREFIX } from "../lib/instance.ts";
import { pageContext } from "../lib/page-context.ts";
import { remember } from "../lib/storage.ts";
import { uuid } from "../lib/uuid.ts";
import type { FormSession, FormState, Sender } from "./state.ts";

const SENDER_RETRY_MS = 10_000;

/** @param draw Draws the state. */
export function createSession(it: Instance, frame: HTMLElement, draw: () => void): FormSession {
  const { script } = it;
  // Answers without a prototype, so that no page's Object.prototype answers for the visitor.
  const state: FormState = { phase: "loading", answers: Object.create(null), problems: new Map() };
  let asked: Promise<Sender> | undefined;
  let isChat = false;
  // Settled when it is known what the form is, or that nobody can say.
  let know = () => {};
  const known = new Promise<void>((settle) => {
    know = settle;
  });
  // However often send is pressed, and the draft found: one submission.
  const draftId = uuid();
  let turn = Promise.resolve();

  const session: FormSession = {
    it,
    frame,
    state,
    url: `${homeOf(script)}v1/forms/${script.dataset.form}`,
    become(change) {
      Object.assign(state, change);
      draw();
    },
    async load() {
      session.pass(() => {});
      session.become({ phase: "loading" });
      await session.translate();
      // A submission of an earlier page may have been taken up, and even answered, meanwhile.
      if (state.phase === "loading") session.become({ phase: state.form ? "filling" : "unavailable" });
      session.pass((sender) => sender.greet());
      // A chat whose code was lost on its way is no form that could be shown meanwhile.
      if (isChat && !state.form) setTimeout(() => it.stop.signal.aborted || session.load(), SENDER_RETRY_MS);
    },
    translate() {
      // One after the other, so that the last wish is the last to be granted.
      turn = turn.then(async () => {
        const tag = chosenLanguage(script.dataset.locale);
        const answer = fetch(`${session.url}?locale=${tag}`, { credentials: "omit" })
          .then(async (response) => {
            const form: PublicForm | undefined = response.ok ? await response.json() : undefined;
            if (form?.mode === "chat" && !isChat) {
              isChat = true;
              // While there was no definition, a form was made of it.
              if (state.sender) asked = undefined;
              session.pass(() => {});
            }
            know();
            if (form && (isChat || form.needs_more)) await (await asked)?.fetchMore(form);
            return form;
          })
          .catch(know);
        session.become({ tag, texts: await loadTexts(tag) });
        const form = await answer;
        if (form) session.become({ form });
      });
      return turn;
    },
    enter(name, value) {
      state.answers[name] = value;
      session.pass((sender) => sender.entered(name));
      draw();
    },
    pass(work, lost) {
      asked ??= known.then(() =>
        isChat
          ? import("../chat/chat.ts").then(({ createChat }) => createChat(session))
          : import("./sender.ts").then(({ createSender }) => createSender(session)),
      );
      asked.then(work, () => {
        asked = undefined;
        lost?.();
      });
    },
    submit() {
      session.pass((sender) => sender.send(), keepDraft);
    },
  };
  /** The line broke between the form and what sends it: what was entered waits until there is a sender, here or later. */
  function keepDraft(): void {
    const { form, tag: locale, answers } = state;
    const entry = {
      id: draftId,
      url: `${session.url}/leads`,
      at: Date.now(),
      form,
      answers,
      locale,
      page: pageContext(),
    };
    const isKept = remember(OUTBOX_PREFIX + draftId, JSON.stringify({ ...entry, elapsedMs: performance.now() }));
    session.become({ alert: isKept ? "waiting_text" : "waiting_open" });
    setTimeout(() => it.stop.signal.aborted || session.submit(), SENDER_RETRY_MS);
  }
  return session;
}
