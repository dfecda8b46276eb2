/** What a form is made of while a visitor has it: state, and who does what to it. */

import type { ComponentChildren } from "preact";
import type { Answer, Answers, RareRules, ReadAnswer } from "../../shared/answers.ts";
import type { CaptureAnswer } from "../../shared/capture-api.ts";
import type { PublicField, PublicForm } from "../../shared/lead-fields.ts";
import type { Texts } from "../app/locales/en.ts";
import type { EventDetail, EventName } from "../lib/emit.ts";
import type { Instance, Told } from "../lib/instance.ts";
import type { FieldProblems, Limit } from "./problems.ts";
import type { Reading } from "./request.ts";

/** The consent among answers and problems, as both sides name it. The contract's own constant would bring zod along. */
export const CONSENT: typeof import("../../shared/capture-api.ts").CONSENT_FIELD = "consent";

/** `waiting`: pressed send, and not sent yet. */
export type Phase = "loading" | "unavailable" | "filling" | "waiting" | "sent" | "duplicate";

export interface FormState extends Reading {
  phase: Phase;
  /** A request is on its way. */
  busy?: boolean;
  form?: PublicForm;
  /** The visitor's language. */
  tag?: string;
  texts?: Texts;
  answers: Answers;
  /** What is wrong, by the field's name, in the visitor's words. */
  problems: ReadonlyMap<string, string>;
  /** What is wrong with the form as a whole: the text's key. */
  alert?: "check" | "refused" | "waiting_text" | "waiting_open";
  answer?: CaptureAnswer;
  /** What waits stands in the outbox, and would outlast the page. */
  kept?: boolean;
  sender?: Sender;
  /** What is shown once it is not filled in any more, or cannot be. */
  outcome?: (props: { session: FormSession }) => ComponentChildren;
  /** What is shown while it is filled in, where that is not the form: a chat. */
  view?: (props: { form: PublicForm; session: FormSession; texts: Texts }) => ComponentChildren;
  /** There where the form needs it. */
  more?: More;
  /** Which of the form's steps the visitor is at. */
  step?: number;
}

/** What the form shows at a time, where that is not all of it. */
export interface Page {
  fields: ComponentChildren;
  /** What the button says that goes on; undefined where it sends. */
  next?: string;
  back?: ComponentChildren;
}

/** An answer to choose: as it is sent, seen, and heard where that is another. */
export interface Choice {
  value: string;
  label: string;
  name?: string;
}

/** What only some forms need: rare fields, conditions, steps. Its chunk is fetched where a definition asks for it. */
export interface More extends RareRules {
  page(props: { form: PublicForm; session: FormSession; texts: Texts }): Page;
  /** The answers of a rating. */
  ratings(field: PublicField, texts: Texts): Choice[];
  /** The bound that an answer has passed, as the visitor reads it. */
  bound(field: PublicField, code: string): Limit | undefined;
  /**
   * The visitor goes on. @returns of the problems those that they can mend where they are; null where there was none, and
   * another step to go to.
   */
  goOn(core: FormCore, problems: FieldProblems): FieldProblems | null;
  /** The step with the first of the problems; undefined where none has one. */
  stepOf(form: PublicForm, problems: FieldProblems): number | undefined;
}

/** The part of a session that the sender works with. */
export interface FormCore {
  readonly it: Instance;
  readonly frame: HTMLElement;
  readonly state: FormState;
  /** The form's address at the server. */
  readonly url: string;
  /** Changes the state and draws it. */
  become(change: Partial<FormState>): void;
  /** Fetches form and texts in the visitor's language. What cannot be had stays as it was; never throws. */
  translate(): Promise<void>;
}

export interface FormSession extends FormCore {
  /** Fetches form, texts and sender. Ends in `filling`, `waiting` or `unavailable`; never throws. */
  load(): Promise<void>;
  /** The visitor enters something. */
  enter(name: string, value: Answer): void;
  /** Has the sender do something, as soon as it is there. Where its chunk cannot be had, the next time asks again. */
  pass(work: (sender: Sender) => void, lost?: () => void): void;
  /** The visitor presses send. */
  submit(): void;
}

/** What becomes of the answers: a form's, or a chat. Its chunk comes after the definition, which says which of them. */
export interface Sender {
  /** Fetches what only some forms need, and chats. */
  fetchMore(form: PublicForm): Promise<void>;
  /** The form as it is answered so far. */
  read(): ReadAnswer<PublicField>[];
  /** The form's definition is there, or cannot be had. */
  greet(): void;
  /** A field has another answer. Its problem goes when it is mended. */
  entered(name: string): void;
  /** The visitor left a field: what is there is judged, what is missing not yet. */
  left(name: string): void;
  /** The visitor presses send: judged, put in the outbox, sent. */
  send(): void;
  /** The visitor asks to try again now what waits. */
  retry?(): void;
  /** Does what the site says, where it is for this form. */
  tell(told: Told): void;
  /** Tells the site what happened. */
  say(event: EventName, detail?: Partial<EventDetail>): void;
}
