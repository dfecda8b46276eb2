/**
 * A chat once its form is known: a chunk in the sender's place. Holds the room, keeps what was said until the room has
 * it, and connects when the visitor looks at it or has a room that goes on. The view is a function of what stands here.
 */
import type { Answer } from "../../shared/answers.ts";
import type { ChatAnswer, ChatMessage, RoomFrame } from "../../shared/chat-frames.ts";
import type { PublicField } from "../../shared/lead-fields.ts";
import {
  CHAT_TEXT_LIMIT_CHARS,
  PAGE_TITLE_LIMIT_CHARS,
  URL_LIMIT_CHARS,
  VISITOR_ID_LIMIT_CHARS,
} from "../../shared/limits.ts";
import { addStyles } from "../app/frame.ts";
import { chosenLanguage, loadTexts } from "../app/locale.ts";
import { phrase } from "../app/phrase.ts";
import { problemText } from "../form/problems.ts";
import { createSite } from "../form/site.ts";
import { CONSENT, type FormSession, type Sender } from "../form/state.ts";
import { type EventDetail, type EventName, emit } from "../lib/emit.ts";
import { CHAT_PREFIX } from "../lib/instance.ts";
import { pageContext, pageQuery } from "../lib/page-context.ts";
import { recall, remember } from "../lib/storage.ts";
import { uuid } from "../lib/uuid.ts";
import { knownVisitor, visitorId } from "../lib/visitor.ts";
import { ChatView } from "./ChatView.tsx";
import css from "./chat.css?inline";
import { type Doing, drop, keep, newToken, type Pending, pendingOf, TOKEN_CHARS } from "./kept.ts";
import { createLine } from "./line.ts";
import type { ChatTexts } from "./locales/en.ts";
import { hear, isNews, lastOf, type Room, TYPING_MS } from "./room.ts";

/** A line of the log; `waiting` is there until it has arrived. */
export type Shown = ChatMessage & { waiting?: Pending };

/** What the view shows of a chat, and what the visitor can do there. */
export interface Chat extends Sender {
  /** The chat's own; what it shares with forms stands in theirs. */
  texts: ChatTexts;
  room: Room;
  pending: readonly Pending[];
  /** The last connection was lost, and there is no other yet. */
  isOffline: boolean;
  /** What was said, also in rooms that have ended since the page came, and what has yet to arrive. */
  shown(): Shown[];
  /** The question that the visitor is at, by the room or by their own choice; without one they say what they like. */
  field(): PublicField | undefined;
  /** To a question, or to what was answered. Undefined leaves it out. */
  answer(field: PublicField, value: Answer | undefined): void;
  /** Turns to a field, to free words with an empty name, or back to what is asked. */
  turnTo(name?: string): void;
  act(t: "call" | "close"): void;
  /** Offers again what was refused. */
  again(pending: Pending): void;
  /** A new room after one that has ended. */
  renew(): void;
}

/** How often the visitor gives a sign of typing. */
const TYPING_EVERY_MS = 3_000;
const TROUBLE_MS = 5_000;
/** The chat of one form. Its panel is there already, its definition comes. */
export function createChat(core: FormSession): Sender {
  const { it, frame, state, url, become } = core;
  const { host, root, script, stop, launcher } = it;
  const form = `${script.dataset.form}`;
  const key = CHAT_PREFIX + form;
  const touched = new Set<string>();
  const visitor = knownVisitor() || uuid();
  const pending = pendingOf(key, Date.now());
  let token = "";
  let seen = 0;
  let isStarted = false;
  let isReady = false;
  let at: string | undefined;
  let stirredAt = 0;
  let typedAt = 0;
  let trouble: ReturnType<typeof setTimeout> | undefined;
  addStyles(root, css);
  state.query = pageQuery;

  const isOpen = () => !launcher || (frame as HTMLDialogElement).open;
  const isSeen = () => isOpen() && !document.hidden;
  const isOwn = () => recall(key)?.startsWith(token);
  const fields = () => state.form?.fields ?? [];
  const say = (event: EventName, detail?: Partial<EventDetail>) => emit(host, event, { form, ...detail });
  const site = createSite(core, touched, draw);

  const line = createLine({
    url: `${url}/chat`,
    signal: stop.signal,
    token: () => token,
    hello() {
      const { url, title, referrer } = pageContext();
      const given: Record<string, string | boolean> = {};
      for (const { name, type, query = name } of fields()) {
        const value = state.answers[name] ?? (type === "hidden" && pageQuery(query));
        if (value && !Array.isArray(value) && !touched.has(name)) given[name] = value as string | true;
      }
      return {
        t: "hello",
        since: lastOf(chat.room),
        visitor: `${site.given?.identify.id ?? visitor}`.slice(0, VISITOR_ID_LIMIT_CHARS),
        locale: state.tag,
        page: {
          url: url?.slice(0, URL_LIMIT_CHARS),
          title: title?.slice(0, PAGE_TITLE_LIMIT_CHARS),
          referrer: referrer?.slice(0, URL_LIMIT_CHARS),
        },
        given,
      };
    },
    waiting: () => [
      ...pending.filter(({ isRefused }) => !isRefused).map(({ deed }) => deed),
      ...(isStarted && seen ? [{ t: "read" as const, seq: seen }] : []),
    ],
    heard,
    isSeen,
    stirredAt: () => stirredAt,
    changed(isThere) {
      if (chat.isOffline === isThere) {
        chat.isOffline = !isThere;
        draw();
      }
    },
  });

  /** Goes into a room: the one that is kept, or a new one. What was said in the last one stays in sight. */
  function enter(kept = recall(key)): void {
    const { status, messages } = chat.room;
    chat.room = {
      status: "new",
      read: 0,
      typingUntil: 0,
      messages: status === "new" ? [] : messages.map((one) => ({ ...one, seq: 0 })),
    };
    isStarted = !!kept;
    token = kept?.slice(0, TOKEN_CHARS) || newToken();
    seen = Number(kept?.slice(TOKEN_CHARS)) || 0;
    at = undefined;
    line.hangUp();
    connect();
  }
  function connect(): void {
    if (isReady && (isOpen() || isStarted)) line.dial();
  }

  /** The network is back, or the visitor looks. */
  function wake(): void {
    connect();
    draw();
  }

  /** The visitor has said something: from now on there is a room, and this browser knows it. */
  function begin(): void {
    if (isStarted) return;
    isStarted = true;
    visitorId(visitor);
    remember(key, token + seen);
    say("chat-start");
  }

  function act(what: Doing): void {
    const deed = { ...what, id: uuid() };
    // Another tab may have begun, or gone on.
    if (recall(key) ? !isOwn() : chat.room.status === "closed") enter();
    begin();
    stirredAt = Date.now();
    pending.push(keep(key, stirredAt, deed));
    line.send(deed);
    draw();
    frame.querySelector(".log")?.scrollTo(0, 0);
  }

  function settle(id?: string): void {
    const index = pending.findIndex(({ deed }) => deed.id === id);
    const [done] = index < 0 ? [] : pending.splice(index, 1);
    if (done) drop(done);
  }

  function end(): void {
    if (isOwn()) remember(key, null);
    chat.room.status = "closed";
    line.hangUp();
    for (const { deed } of [...pending]) if (deed.t === "close") settle(deed.id);
    if (pending.length || (!lastOf(chat.room) && isOpen())) enter();
    if (pending.length) begin();
  }

  function heard(frame: RoomFrame): void {
    stirredAt = Date.now();
    if (frame.t === "error") {
      const refused = pending.find(({ deed }) => deed.id === frame.id);
      if (frame.code === "closed") end();
      else if (refused && /malformed|large/.test(frame.code)) refused.isRefused = true;
      else {
        clearTimeout(trouble);
        trouble = setTimeout(line.send, frame.retry_ms ?? TROUBLE_MS);
      }
    } else if (frame.t === "problem") {
      settle(frame.id);
      const field = fieldOf(frame.field);
      if (field) refuse(field, frame.code);
    } else {
      if (frame.t === "message") settle(frame.id);
      if (hear(chat.room, frame, stirredAt) && isNews(frame as ChatMessage) && lastOf(chat.room) > seen) {
        say("message");
      }
      if (frame.t === "typing") setTimeout(draw, TYPING_MS);
      if (chat.room.status === "closed") end();
    }
    draw();
  }

  function fieldOf(name?: string): PublicField | undefined {
    const consent = state.form?.consent;
    if (name === CONSENT && consent) return { ...consent, name, type: "checkbox", label: consent.text };
    return fields().find((field) => field.name === name);
  }

  /** An answer as its field's options put it; the room says it so, too. */
  function wordsFor(name: string, value: ChatAnswer): string {
    const options = fieldOf(name)?.options;
    return [value ?? "–"]
      .flat()
      .map((one) => options?.find((option) => option.value === one)?.label ?? (one === true ? "✓" : one))
      .join(", ");
  }

  /** Says what is wrong with an answer, where it can be mended. */
  function refuse(field: PublicField, code: string): void {
    if (field.name !== chat.room.ask) at = field.name;
    const { min_length, max_length } = field;
    const limit = state.more?.bound(field, code) ?? (code === "too_short" ? min_length : max_length);
    const words = state.texts && problemText({ code, limit }, state.texts);
    become({ problems: new Map([[field.name, `${words}`]]) });
  }

  /** What is seen is read, here and for the operators; what is not is counted at the launcher. */
  function look(): void {
    const last = lastOf(chat.room);
    if (last > seen && isSeen()) {
      seen = last;
      if (isOwn()) remember(key, token + seen);
      if (isStarted) line.send({ t: "read", seq: seen });
    }
    const n = chat.room.messages.filter((message) => message.seq > seen && isNews(message)).length;
    if (launcher) {
      launcher.ariaDescription = n ? phrase(chat.texts.unread, { n }, state.tag) : "";
      if (n) launcher.dataset.unread = `${n}`;
      else delete launcher.dataset.unread;
    }
  }

  const focusIn = () => frame.querySelector<HTMLElement>("form :is(input, textarea, button)")?.focus();

  function draw(): void {
    const active = root.activeElement;
    const wasThere = active?.closest("form");
    look();
    become({});
    if (wasThere && !active?.isConnected) focusIn();
  }

  const chat: Chat = {
    texts: {} as ChatTexts,
    room: { status: "new", messages: [], read: 0, typingUntil: 0 },
    pending,
    isOffline: false,
    async fetchMore({ needs_more }) {
      const loading = loadTexts<ChatTexts>(chosenLanguage(script.dataset.locale), "chat-");
      if (needs_more) state.more = await import("../more/more.ts");
      Object.assign(chat.texts, await loading);
    },
    // One question at a time, whatever its condition: the room judges that, and the answer.
    read: () => fields().map((field) => ({ field, value: null, isShown: field === chat.field() })),
    async greet() {
      if (!state.form) return say("error", { reason: "load" });
      say("ready");
      await site.fill();
      isReady = true;
      if (pending.length) begin();
      wake();
    },
    entered(name) {
      touched.add(name);
      if (state.problems.size) state.problems = new Map();
      const now = Date.now();
      if (chat.room.status === "talking" && now - typedAt > TYPING_EVERY_MS) {
        typedAt = now;
        line.send({ t: "typing" });
      }
    },
    field: () => fieldOf(at ?? chat.room.ask),
    answer(field, value) {
      const { name } = field;
      if (pending.some(({ deed }) => deed.t === "answer" && deed.field === name)) return;
      at = undefined;
      state.problems = new Map();
      act({ t: "answer", field: name, value: value || null });
    },
    send() {
      const field = chat.field();
      const entered = state.answers[field?.name ?? ""] ?? "";
      let text = `${entered}`.trim();
      if (field) return text || !field.required ? chat.answer(field, entered) : refuse(field, "required");
      state.answers[""] = "";
      for (; text; text = text.slice(CHAT_TEXT_LIMIT_CHARS)) {
        act({ t: "say", text: text.slice(0, CHAT_TEXT_LIMIT_CHARS) });
      }
    },
    turnTo(name) {
      at = name;
      state.problems = new Map();
      draw();
      focusIn();
    },
    act: (t) => act({ t }),
    shown: () => [
      ...chat.room.messages,
      ...pending.flatMap((waiting): Shown | [] => {
        const { at, deed } = waiting;
        const text = deed.t === "say" ? deed.text : deed.t === "answer" && wordsFor(deed.field, deed.value);
        return text ? { seq: 0, at, by: "visitor", text, waiting } : [];
      }),
    ],
    again(refused) {
      refused.isRefused = false;
      line.send();
      draw();
    },
    renew() {
      enter(null);
      draw();
    },
    tell: site.tell,
    say(event) {
      say(event);
      if (event === "close" && !isStarted) line.hangUp();
      wake();
    },
    left() {},
  };
  enter();
  for (const type of ["online", "visibilitychange"]) addEventListener(type, wake, stop);
  become({ sender: chat, view: (props) => ChatView({ chat, ...props }) });
  return chat;
}
