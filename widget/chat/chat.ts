/**
 * A chat once its form is known: a chunk in the sender's place. Puts together what the visitor does, what the room says
 * and what the site says. The view is a function of what stands here.
 */
import type { Answer } from "../../shared/answers.ts";
import type { PublicField, PublicForm } from "../../shared/lead-fields.ts";
import { CHAT_TEXT_LIMIT_CHARS } from "../../shared/limits.ts";
import { addStyles } from "../app/frame.ts";
import { chosenLanguage, loadTexts } from "../app/locale.ts";
import { problemText } from "../form/problems.ts";
import { createSite } from "../form/site.ts";
import type { FormSession, Sender } from "../form/state.ts";
import { type EventDetail, type EventName, emit } from "../lib/emit.ts";
import { pageQuery } from "../lib/page-context.ts";
import { ChatView } from "./ChatView.tsx";
import css from "./chat.css?inline";
import { countNews, takeIn } from "./hearing.ts";
import { helloFrame } from "./hello.ts";
import type { Pending } from "./kept.ts";
import type { ChatTexts } from "./locales/en.ts";
import { fieldOf, lineOf } from "./questions.ts";
import { lastOf, TYPING_MS } from "./room.ts";
import type { Chat } from "./state.ts";
import { createStay } from "./stay.ts";

/** How often the visitor gives a sign of typing. */
const TYPING_EVERY_MS = 3_000;

/** The chat of one form. Its panel is there already, its definition comes. */
export function createChat(core: FormSession): Sender {
  const { it, frame, state, become } = core;
  const { host, root, script, stop } = it;
  const touched = new Set<string>();
  let typedAt = 0;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  addStyles(root, css);
  state.query = pageQuery;

  const say = (event: EventName, detail?: Partial<EventDetail>) =>
    emit(host, event, { form: script.dataset.form as string, ...detail });
  const site = createSite(core, touched, draw);
  const focusIn = () => frame.querySelector<HTMLElement>("form :is(input, textarea, button)")?.focus();

  /** Where the focus was in what goes, it goes to what comes. */
  function draw(): void {
    clearTimeout(quiet);
    if (stop.signal.aborted) return;
    const active = root.activeElement;
    const wasThere = active?.closest("form");
    // Who types no more does not say so.
    if (room.typingUntil > Date.now()) quiet = setTimeout(draw, TYPING_MS);
    chat.look();
    countNews(core, chat);
    become({});
    if (wasThere && !active?.isConnected) focusIn();
  }

  const clear = (at?: string) => {
    room.at = at;
    state.problems = new Map();
  };

  const stay = createStay(
    core,
    (visitor) => helloFrame(state, touched, site.given?.identify.id ?? visitor, lastOf(room)),
    (frame) => {
      if (takeIn(core, chat, frame)) say("message");
      draw();
    },
    draw,
    say,
  );
  const { room, pending, line, act } = stay;
  const chat: Chat = Object.assign(stay, {
    texts: {} as ChatTexts,
    async fetchMore({ needs_more }: PublicForm) {
      const loading = loadTexts<ChatTexts>(chosenLanguage(script.dataset.locale), "chat-");
      if (needs_more) state.more = await import("../more/more.ts");
      Object.assign(chat.texts, await loading);
    },
    // One question at a time, whatever its condition: the room judges that, and the answer.
    read: () => (state.form?.fields ?? []).map((field) => ({ field, value: null, isShown: field === chat.field() })),
    async greet() {
      if (!state.form) return say("error", { reason: "load" });
      say("ready");
      await site.fill();
      stay.start();
    },
    entered(name: string) {
      touched.add(name);
      if (state.problems.size) state.problems = new Map();
      const now = Date.now();
      if (room.status === "talking" && now - typedAt > TYPING_EVERY_MS) {
        typedAt = now;
        line.send({ t: "typing" });
      }
    },
    field: () => fieldOf(state.form, room.at ?? room.ask),
    shown: () => [...room.messages, ...[...pending].map((one) => lineOf(state.form, chat.texts, one))],
    answer(field: PublicField, value: Answer | undefined) {
      clear();
      act({ t: "answer", field: field.name, value: value || null });
    },
    send() {
      const field = chat.field();
      const entered = state.answers[field?.name ?? ""] ?? "";
      let text = `${entered}`.trim();
      if (field) return text || !field.required ? chat.answer(field, entered) : chat.refuse(field, "required");
      state.answers[""] = "";
      for (; text; text = text.slice(CHAT_TEXT_LIMIT_CHARS)) {
        act({ t: "say", text: text.slice(0, CHAT_TEXT_LIMIT_CHARS) });
      }
    },
    turnTo(name?: string) {
      clear(name);
      draw();
      focusIn();
    },
    refuse(field: PublicField | undefined, code: string) {
      if (!field || !state.texts) return;
      const { name } = field;
      if (name !== room.ask) room.at = name;
      const limit = state.more?.bound(field, code) ?? field[code === "too_short" ? "min_length" : "max_length"];
      become({ problems: new Map([[name, problemText({ code, limit }, state.texts)]]) });
    },
    again(refused: Pending) {
      refused.isRefused = false;
      line.send();
      draw();
    },
    tell: site.tell,
    say(event: EventName) {
      say(event);
      stay.wake();
    },
    left() {},
  });
  stop.signal.addEventListener("abort", draw);
  become({ sender: chat, view: (props) => ChatView({ chat, ...props }) });
  return chat;
}
