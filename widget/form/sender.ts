/**
 * What a form needs once somebody answers it: judging, sending, outcomes. A chunk of its own, fetched while the form is
 * being read, so that the form is there sooner.
 */
import type { CaptureRequest } from "../../shared/capture-api.ts";
import { addStyles } from "../app/frame.ts";
import { followKeyboard } from "../app/keyboard.ts";
import { createNotice } from "../app/notice.ts";
import { watchPress } from "../app/press.ts";
import { applyTheme } from "../app/theme.ts";
import { type EventDetail, type EventName, emit } from "../lib/emit.ts";
import { visitorId } from "../lib/visitor.ts";
import css from "./late.css?inline";
import { OutcomeView } from "./OutcomeView.tsx";
import { isKept, type Submission, sendUntilAnswered, waiting } from "./outbox.ts";
import type { Outcome } from "./outcome.ts";
import { personAnswers } from "./person.ts";
import { type FieldProblems, problemText } from "./problems.ts";
import { formProblems } from "./request.ts";
import { CONSENT, type FormCore, type Sender } from "./state.ts";
import { complete, createSubmission } from "./submission.ts";

/** The sender of one form. */
export function createSender(core: FormCore): Sender {
  const { it, frame, state, url, become } = core;
  const { host, root, script, stop, launcher } = it;
  const { dataset } = script;
  const { answers } = state;
  const touched = new Set<string>();
  let known: Record<string, unknown> = {};
  let retry = () => {};
  addStyles(root, css);
  followKeyboard(frame, stop.signal);
  const afterPress = watchPress(frame, stop.signal);
  const prepareNotice = createNotice(it, frame);

  /** When the form was first seen, by `performance.now()`. */
  let seenAt = launcher ? 0 : performance.now();
  function say(event: EventName, detail?: Partial<EventDetail>): void {
    if (event === "open") seenAt ||= performance.now();
    emit(host, event, { form: dataset.form ?? "", ...detail });
  }

  /** Shows these problems and no others. Those of fields that nobody sees are the form's own. */
  function show(problems: FieldProblems): void {
    const { form, texts } = state;
    if (!form || !texts) return;
    const seen = form.fields.filter(({ type }) => type !== "hidden").map(({ name }) => name);
    const isSeen = [CONSENT, ...seen].some((name) => problems.has(name));
    const words = [...problems].map(([name, problem]) => [name, problemText(problem, texts)] as const);
    become({ problems: new Map(words), alert: isSeen ? texts.check : problems.size > 0 ? texts.refused : undefined });
  }

  function heard(outcome: Outcome, submission: Submission): void {
    const notice = prepareNotice();
    // An inline form leaves its room to the outcome: the page below does not jump.
    if (!launcher) frame.style.minHeight = `${frame.offsetHeight}px`;
    state.busy = false;
    if (outcome.kind === "later") become({ phase: "waiting", kept: isKept(submission) });
    else if (outcome.kind === "refused") {
      become({ phase: "filling" });
      show(new Map(outcome.errors.map(({ field, ...problem }) => [field, problem])));
      if (!state.alert) become({ alert: state.texts?.refused });
      say("error", { reason: outcome.reason });
    } else {
      const answer = outcome.kind === "sent" ? outcome.answer : undefined;
      become({ phase: outcome.kind, answer });
      say(outcome.kind, { lead: answer?.id });
      const next = answer?.redirect_url;
      if (next?.startsWith("https:")) location.assign(next);
    }
    notice();
  }

  function dispatch(submission: Submission): void {
    become({ busy: true });
    retry = sendUntilAnswered(submission, (outcome) => heard(outcome, submission), stop.signal);
  }

  /** Judges one field again; the others stay as they are. */
  function judge(name: string): void {
    const { form, texts, alert } = state;
    if (!form || !texts) return;
    const problems = new Map(state.problems);
    const problem = formProblems(form, answers).get(name);
    if (problem) problems.set(name, problemText(problem, texts));
    else problems.delete(name);
    become({ problems, alert: problems.size ? alert : undefined });
  }

  function fill(values: object): void {
    for (const [name, value] of Object.entries(values)) {
      if (!touched.has(name) && (typeof value === "string" || typeof value === "boolean")) answers[name] = value;
    }
    become({});
  }

  const sender: Sender = {
    Outcome: OutcomeView,
    greet() {
      if (state.form) fill(personAnswers(state.form, known));
      if (state.form) say("ready");
      else say("error", { reason: "load" });
    },
    resume() {
      const [unsent] = waitingFor(url);
      if (!unsent || state.busy) return;
      const { data, consent }: CaptureRequest = JSON.parse(unsent.body);
      Object.assign(answers, data, { [CONSENT]: consent?.given });
      become({ phase: "waiting", kept: true });
      dispatch(unsent);
    },
    entered(name) {
      if (!touched.size) visitorId();
      touched.add(name);
      if (state.problems.has(name)) judge(name);
    },
    left(name) {
      if (answers[name]) afterPress(() => judge(name));
    },
    send() {
      const { form, busy } = state;
      if (!form || busy) return;
      const problems = formProblems(form, answers);
      const notice = prepareNotice();
      show(problems);
      if (state.alert) return notice();
      const elapsedMs = performance.now() - seenAt;
      try {
        dispatch(createSubmission({ url, form, answers, knownAs: known.id, elapsedMs }));
      } catch {
        // A page that has broken what the browser offers, JSON for one.
        return become({ busy: false, alert: state.texts?.refused });
      }
      say("submit");
    },
    retry() {
      become({ busy: true });
      retry();
    },
    tell([command, ...values]) {
      const [value, hear] = values;
      const form = values[command === "on" ? 2 : 1];
      if (form && form !== dataset.form) return;
      if (command === "on") {
        host.addEventListener(`foyer:${value}`, (event) =>
          (hear as (detail: EventDetail) => void)((event as CustomEvent<EventDetail>).detail),
        );
      } else if (command === "set") {
        Object.assign(dataset, value);
        applyTheme(it, state.form);
        core.translate();
      } else if (command === "prefill") fill(value as object);
      else if (command === "identify") {
        known = { ...known, ...(value as object) };
        if (state.form) fill(personAnswers(state.form, known));
      }
    },
    say,
  };
  become({ sender });
  sender.resume();
  return sender;
}

const waitingFor = (url: string): Submission[] => waiting(url, Date.now()).map(complete);

/** Sends what an earlier page could not. Settles nothing visible; repeats until answered. */
export function flush(home: string): void {
  for (const submission of waitingFor(home)) sendUntilAnswered(submission, () => {});
}
