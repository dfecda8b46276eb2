/**
 * What a form needs once somebody answers it: judging and sending. A chunk of its own, fetched while the form is being
 * read, so that the form is there sooner.
 */
import type { CaptureRequest } from "../../shared/capture-api.ts";
import { addStyles } from "../app/frame.ts";
import { createNotice } from "../app/notice.ts";
import { watchPress } from "../app/press.ts";
import { type EventDetail, type EventName, emit } from "../lib/emit.ts";
import { pageQuery } from "../lib/page-context.ts";
import { visitorId } from "../lib/visitor.ts";
import css from "./late.css?inline";
import { OutcomeView } from "./OutcomeView.tsx";
import { cared, isKept, type Submission, sendUntilAnswered, waiting } from "./outbox.ts";
import type { Outcome } from "./outcome.ts";
import { type FieldProblems, problemText } from "./problems.ts";
import { formProblems, readForm } from "./request.ts";
import { createSite } from "./site.ts";
import { CONSENT, type FormCore, type FormState, type Sender } from "./state.ts";
import { complete, createSubmission } from "./submission.ts";

/** The sender of one form. */
export function createSender(core: FormCore): Sender {
  const { it, frame, state, url, become } = core;
  const { host, root, script, stop, launcher } = it;
  const { dataset } = script;
  const { answers } = state;
  const touched = new Set<string>();
  const site = createSite(core, touched, () => word(state.alert));
  let retry = () => {};
  let wrong: FieldProblems = new Map();
  addStyles(root, css);
  const afterPress = watchPress(frame, stop.signal);
  const prepareNotice = createNotice(it, frame);
  state.query = pageQuery;

  /** When the form was first seen, by `performance.now()`. */
  let seenAt = launcher ? 0 : performance.now();
  function say(event: EventName, detail?: Partial<EventDetail>): void {
    if (event === "open") seenAt ||= performance.now();
    emit(host, event, { form: dataset.form ?? "", ...detail });
  }

  /** Puts what is wrong into the visitor's words. */
  function word(alert: FormState["alert"]): void {
    const { texts } = state;
    if (!texts) return;
    become({ alert, problems: new Map([...wrong].map(([name, problem]) => [name, problemText(problem, texts)])) });
  }

  /** Shows these problems and no others. Where none is seen, the form as a whole is what is wrong. */
  function show(problems: FieldProblems): void {
    const { form, more, step } = state;
    wrong = problems;
    if (form) state.step = more?.stepOf(form, problems) ?? step;
    word(undefined);
    const isSeen = frame.querySelector("[aria-invalid=true]");
    become({ alert: isSeen ? "check" : problems.size ? "refused" : undefined });
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
      if (!state.alert) become({ alert: "refused" });
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
    retry = sendUntilAnswered(submission, (outcome) => heard(outcome, submission), core);
  }

  /** Judges one field again; the others stay as they are. */
  function judge(name: string): void {
    const { form, alert } = state;
    if (!form) return;
    const problem = formProblems(form, answers, state).get(name);
    if (problem) wrong.set(name, problem);
    else wrong.delete(name);
    // What was refused as a whole stays refused, whatever field is left.
    word(wrong.size || alert !== "check" ? alert : undefined);
  }

  /** Takes up a submission of an earlier page that has not arrived. */
  function resume(): void {
    const [unsent] = waitingFor(url);
    if (!unsent || state.busy) return;
    const { data, consent }: CaptureRequest = JSON.parse(unsent.body);
    Object.assign(answers, data, { [CONSENT]: consent?.given });
    for (const name in data) touched.add(name);
    become({ phase: "waiting", kept: true });
    dispatch(unsent);
  }

  const sender: Sender = {
    async fetchMore() {
      state.more = await import("../more/more.ts");
    },
    read: () => (state.form ? readForm(state.form, answers, state) : []),
    greet() {
      site.fill();
      if (state.form) say("ready");
      else say("error", { reason: "load" });
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
      const all = formProblems(form, answers, state);
      const problems = state.more ? state.more.goOn(core, all) : all;
      if (!problems) return;
      const notice = prepareNotice();
      show(problems);
      if (state.alert) return notice();
      const elapsedMs = performance.now() - seenAt;
      try {
        dispatch(
          createSubmission({
            url,
            locale: state.tag,
            form,
            answers,
            knownAs: site.given?.identify.id,
            elapsedMs,
            reading: state,
          }),
        );
      } catch {
        // A page that has broken what the browser offers, JSON for one.
        return become({ busy: false, alert: "refused" });
      }
      say("submit");
    },
    retry() {
      become({ busy: true });
      retry();
    },
    tell: site.tell,
    say,
  };
  become({ sender, outcome: OutcomeView });
  resume();
  return sender;
}

const waitingFor = (url: string): Submission[] => waiting(url, Date.now()).map(complete);

/** Sends what an earlier page could not. Settles nothing visible; repeats until answered. */
export function flush(home: string): void {
  for (const submission of waitingFor(home)) if (!cared.has(submission.id)) sendUntilAnswered(submission, () => {});
}
