/**
 * One form's way from loading to a final answer. Holds the state, draws nothing: the view is a function of `state`, and
 * `changed` says when to draw it again.
 */
import type { Answer, Answers } from "../../shared/answers.ts";
import type { CaptureAnswer } from "../../shared/capture-api.ts";
import type { PublicForm } from "../../shared/lead-fields.ts";
import { loadTexts } from "../app/locale.ts";
import type { Texts } from "../app/locales/en.ts";
import { type EventDetail, type EventName, emit } from "../lib/emit.ts";
import type { Instance } from "../lib/instance.ts";
import { pageContext, queryValue } from "../lib/page-context.ts";
import { uuid } from "../lib/uuid.ts";
import { visitorId } from "../lib/visitor.ts";
import { keep, type Submission, sendUntilAnswered, waiting } from "./outbox.ts";
import type { Outcome } from "./outcome.ts";
import { CONSENT, captureRequest, type FieldProblems, fieldProblem, formProblems, personAnswers } from "./request.ts";

/** `waiting`: pressed send, and not sent yet. */
export type Phase = "loading" | "unavailable" | "filling" | "waiting" | "sent" | "duplicate";

export interface FormState {
  phase: Phase;
  /** A request is on its way. */
  busy: boolean;
  form?: PublicForm;
  texts?: Texts;
  answers: Answers;
  problems: FieldProblems;
  /** The server refused the form as a whole. */
  refused: boolean;
  answer?: CaptureAnswer;
}

export interface FormSession {
  readonly state: FormState;
  /** Fetches form and texts. Ends in `filling`, `waiting` or `unavailable`; never throws. */
  load(): Promise<void>;
  /** Fetches the texts again after the language has changed. */
  translate(): Promise<void>;
  /** The visitor enters something. */
  enter(name: string, value: Answer): void;
  /** The visitor leaves a field: what is there is judged, what is missing not yet. */
  leave(name: string): void;
  /** The form is before the visitor's eyes. Counts once. */
  see(): void;
  /** The visitor presses send: judged, put in the outbox, sent. */
  send(): void;
  /** The visitor asks to try again now. */
  retry(): void;
  /** The site fills in what the visitor has not touched. */
  prefill(values: object): void;
  identify(person: object): void;
}

/**
 * @param changed Draw again. With `notice` something happened that the visitor must not miss: problems, or an outcome.
 */
export function createSession(it: Instance, changed: (notice?: boolean) => void): FormSession {
  const state: FormState = {
    phase: "loading",
    busy: false,
    // Without a prototype, so that no page's Object.prototype answers for the visitor.
    answers: Object.create(null),
    problems: {},
    refused: false,
  };
  const touched = new Set<string>();
  const stop = it.stop.signal;
  let known: Record<string, unknown> = {};
  let seenAt: number | undefined;
  let sendNow = () => {};

  const become = (change: Partial<FormState>, notice?: boolean) => {
    Object.assign(state, change);
    changed(notice);
  };
  const say = (name: EventName, detail?: Partial<EventDetail>) => emit(it.host, name, { form: it.form, ...detail });
  const field = (name: string) => state.form?.fields.find((each) => each.name === name);

  function heard(outcome: Outcome): void {
    const { kind } = outcome;
    if (kind === "later") become({ phase: "waiting", busy: false }, true);
    else if (kind === "refused") {
      const problems: FieldProblems = {};
      for (const { field, code, message } of outcome.errors) problems[field] = { code, message };
      const shown = Object.keys(problems).some(
        (name) => name === CONSENT || (field(name)?.type ?? "hidden") !== "hidden",
      );
      become({ phase: "filling", busy: false, problems, refused: !shown }, true);
      say("error", { reason: outcome.reason });
    } else {
      const answer = kind === "sent" ? outcome.answer : undefined;
      become({ phase: kind, busy: false, answer }, true);
      say(kind, { lead: answer?.id });
      const next = answer?.redirect_url;
      if (next?.startsWith("https:")) location.assign(next);
    }
  }

  function dispatch(submission: Submission): void {
    state.busy = true;
    sendNow = sendUntilAnswered(submission, heard, stop);
    changed();
  }

  const session: FormSession = {
    state,
    async load() {
      become({ phase: "loading" });
      const asked = fetch(`${it.base}v1/forms/${it.form}`, { credentials: "omit" }).catch(() => undefined);
      state.texts = await loadTexts(it.settings.locale);
      try {
        const response = await asked;
        if (!response?.ok) throw response;
        state.form = await response.json();
      } catch {
        become({ phase: "unavailable" }, true);
        return say("error", { reason: "load" });
      }
      session.identify({});
      const unsent = waiting(it.base, Date.now()).find((each) => each.form === it.form);
      become({ phase: unsent ? "waiting" : "filling" }, true);
      say("ready");
      if (!unsent) return;
      Object.assign(state.answers, JSON.parse(unsent.body).data);
      dispatch(unsent);
    },
    async translate() {
      become({ texts: await loadTexts(it.settings.locale) });
    },
    see() {
      seenAt ??= performance.now();
    },
    enter(name, value) {
      if (!touched.size) visitorId();
      touched.add(name);
      state.answers[name] = value;
      const asked = field(name);
      if (name in state.problems) {
        const problem = asked && fieldProblem(asked, state.answers);
        if (problem) state.problems[name] = problem;
        else delete state.problems[name];
      }
      changed();
    },
    leave(name) {
      const asked = field(name);
      const problem = asked && state.answers[name] && fieldProblem(asked, state.answers);
      if (problem) become({ problems: { ...state.problems, [name]: problem } });
    },
    send() {
      const { form, answers } = state;
      if (!form || state.busy) return;
      const consented = answers[CONSENT_ANSWER] === true;
      const problems = formProblems(form, answers, consented);
      const wrong = Object.keys(problems).length > 0;
      become({ problems, refused: false }, wrong);
      if (wrong) return;
      const id = uuid();
      const request = captureRequest(form, answers, consented, {
        submissionId: id,
        visitorId: typeof known.id === "string" ? known.id : visitorId(),
        page: pageContext(),
        elapsedMs: performance.now() - (seenAt ?? 0),
        query: (name) => queryValue(name, location.search, it.search),
      });
      const submission = { id, base: it.base, form: it.form, at: Date.now(), body: JSON.stringify(request) };
      keep(submission);
      say("submit");
      dispatch(submission);
    },
    retry() {
      if (state.phase === "unavailable") return void session.load();
      become({ busy: true });
      sendNow();
    },
    prefill(values) {
      for (const [name, value] of Object.entries(values)) {
        if (!touched.has(name)) state.answers[name] = value;
      }
      changed();
    },
    identify(person) {
      known = { ...known, ...person };
      if (state.form) session.prefill(personAnswers(state.form, known));
    },
  };
  return session;
}

/** Where the consent's tick is kept among the answers: no field can have a name with a space. */
export const CONSENT_ANSWER = " consent";
