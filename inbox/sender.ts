/**
 * What an operator writes: drafts, and messages on their way. A message keeps its id however often it is sent, so that it
 * is stored once; messages of one room go one after the other, so that they stand in their order.
 */
import type { Ask } from "./api.ts";
import type { Line } from "./line.ts";
import type { Conversation, Draft, State, Unsent } from "./state.ts";
import { API, type RoomBody } from "./wire.ts";

const TYPING_EVERY_MS = 3_000;
const ID_BYTES = 16;

export interface Sender {
  draft(change: Partial<Draft>): void;
  /** Sends the draft of the open room. */
  say(): void;
  /** Sends a message again that was not sent. */
  retry(id: string): void;
  /** Forgets it. Where the answer was lost on its way, it may stand in the room all the same. */
  discard(id: string): void;
  /** Tells the visitor that what is shown was read. */
  read(open: Conversation): void;
}

interface Means {
  state: State;
  draw(): void;
  ask: Ask;
  line(): Line | undefined;
  show(open: Conversation, body: RoomBody): Promise<void>;
}

export const NO_DRAFT: Readonly<Draft> = { text: "", isPrivate: false };

export function createSender({ state, draw, ask, line, show }: Means): Sender {
  const turns = new Map<string, Promise<void>>();
  let typedAt = 0;

  /** Behind those that are on their way. */
  function enqueue(room: string, message: Unsent): void {
    Object.assign(message, { problem: undefined, waits: false });
    draw();
    turns.set(
      room,
      (turns.get(room) ?? Promise.resolve()).then(() => send(room, message)),
    );
  }

  async function send(room: string, message: Unsent): Promise<void> {
    const before = state.unsent.get(room) ?? [];
    // Stored, as was heard meanwhile.
    if (!before.includes(message)) return;
    const first = before[before.indexOf(message) - 1];
    if (first?.problem) {
      Object.assign(message, { problem: "It waits for the one before.", waits: true });
      return draw();
    }
    const { id, text, isPrivate } = message;
    const answer = await ask<RoomBody>("POST", `${API}/rooms/${room}/messages`, { id, text, is_private: isPrivate });
    const { conversation: open } = state;
    if (!answer.isOk) message.problem = answer.words;
    else {
      if (open?.id === room) await show(open, answer.body);
      remove(room, id);
    }
    draw();
  }

  const remove = (room: string, id: string) =>
    state.unsent.set(
      room,
      (state.unsent.get(room) ?? []).filter((one) => one.id !== id),
    );

  return {
    draft(change) {
      const { conversation: open } = state;
      if (!open) return;
      const draft = { ...(state.drafts.get(open.id) ?? NO_DRAFT), ...change };
      state.drafts.set(open.id, draft);
      const now = Date.now();
      if (change.text && !draft.isPrivate && now - typedAt > TYPING_EVERY_MS) {
        typedAt = now;
        line()?.send({ t: "typing", room: open.id });
      }
      draw();
    },
    say() {
      const { conversation: open } = state;
      if (!open) return;
      const draft = state.drafts.get(open.id);
      if (!draft?.text.trim()) return;
      const message = { id: newId(), text: draft.text.trim(), isPrivate: draft.isPrivate };
      state.drafts.set(open.id, { ...draft, text: "" });
      state.unsent.set(open.id, [...(state.unsent.get(open.id) ?? []), message]);
      typedAt = 0;
      enqueue(open.id, message);
    },
    retry(id) {
      const { conversation: open } = state;
      if (!open) return;
      // Those that wait for it go with it.
      const again = state.unsent.get(open.id)?.filter((one) => one.problem && (one.id === id || one.waits));
      for (const message of again ?? []) enqueue(open.id, message);
    },
    discard(id) {
      const { conversation: open } = state;
      if (open) remove(open.id, id);
      draw();
    },
    read(open) {
      const last = open.messages.findLast(({ by }) => by === "visitor")?.seq ?? 0;
      if (last > open.told && line()?.send({ t: "read", room: open.id, seq: last })) open.told = last;
    },
  };
}

/** `crypto.randomUUID` is missing on pages without https. */
const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(ID_BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");
