/**
 * A form as the visitor first meets it: loaded, shown, ready to be answered. What becomes of the answers is the sender's
 * business, whose chunk is on its way meanwhile. Holds the state, draws nothing: the view is a function of `state`.
 */
import { loadTexts } from "../app/locale.ts";
import { addressOf, type Instance } from "../lib/instance.ts";
import type { FormSession, FormState, Sender } from "./state.ts";

/** @param draw Draws the state. */
export function createSession(it: Instance, frame: HTMLElement, draw: () => void): FormSession {
  const { script } = it;
  const { form = "" } = script.dataset;
  // Answers without a prototype, so that no page's Object.prototype answers for the visitor.
  const state: FormState = { phase: "loading", answers: Object.create(null), problems: new Map() };
  let asked: Promise<Sender> | undefined;

  const session: FormSession = {
    it,
    frame,
    state,
    url: addressOf(script, `v1/forms/${form}`),
    become(change) {
      Object.assign(state, change);
      draw();
    },
    async load() {
      const answer = fetch(session.url, { credentials: "omit" }).then((response) => response.ok && response.json());
      session.pass((sender) => sender.resume());
      session.become({ phase: "loading" });
      await session.translate();
      const definition = await answer.catch(() => {});
      // A submission of an earlier page may have been taken up, and even answered, meanwhile.
      const untouched = state.phase === "loading";
      const phase = untouched ? (definition ? "filling" : "unavailable") : state.phase;
      session.become({ form: definition || undefined, phase });
      session.pass((sender) => sender.greet());
    },
    async translate() {
      session.become({ texts: await loadTexts(script.dataset.locale) });
    },
    enter(name, value) {
      state.answers[name] = value;
      session.pass((sender) => sender.entered(name));
      draw();
    },
    pass(work) {
      asked ??= import("./sender.ts").then(({ createSender }) => createSender(session));
      asked.then(work, () => {
        asked = undefined;
        session.become({ alert: state.texts?.refused });
      });
    },
  };
  return session;
}
