/** The room that is open: fetched as far as it is not known, and what is done in it. */
import type { Ask } from "./api.ts";
import { lastOf, look } from "./hear.ts";
import { type Conversation, newConversation, type State } from "./state.ts";
import { API, type RoomBody } from "./wire.ts";

const RETRY_MS = 5_000;

export interface Room {
  /** Opens one; without one, shows the lists alone. */
  open(room: string | undefined): void;
  /** Fetches what the open room has beyond what is known of it, until it has been had. */
  catchUp(): Promise<void>;
  /** Takes in what a deed was answered. */
  show(open: Conversation, body: RoomBody): Promise<void>;
  join(): Promise<void>;
  leave(): Promise<void>;
  close(): Promise<void>;
  /** @param to a colleague's id; without one, whoever takes it. */
  handOver(to: string | undefined): Promise<void>;
}

interface Means {
  state: State;
  draw(): void;
  ask: Ask;
  /** What is open has changed before the operator's eyes. */
  look(): void;
}

export function createRoom(means: Means): Room {
  const { state, draw, ask } = means;
  let retry: ReturnType<typeof setTimeout> | undefined;

  /** One deed in the open room; one at a time. */
  async function act(deed: string, body: object = {}): Promise<void> {
    const open = state.conversation;
    if (!open || state.doing.has(open.id)) return;
    state.doing.add(open.id);
    open.problem = state.asking = undefined;
    draw();
    const answer = await ask<RoomBody>("POST", `${API}/rooms/${open.id}/${deed}`, body);
    state.doing.delete(open.id);
    if (answer.isOk) await room.show(open, answer.body);
    else {
      open.problem = answer.words;
      // What it was refused for is known here by now.
      await room.catchUp();
    }
    draw();
  }

  const room: Room = {
    open(id) {
      state.asking = undefined;
      if (id !== state.conversation?.id) {
        state.conversation = id ? newConversation(id, state.rooms.get(id)?.room) : undefined;
        room.catchUp();
      }
      means.look();
    },
    async catchUp() {
      const open = state.conversation;
      if (!open || state.phase !== "signed-in") return;
      const answer = await ask<RoomBody>("GET", `${API}/rooms/${open.id}?since=${lastOf(open)}`);
      if (state.conversation !== open) return;
      if (answer.isOk) look(state, open, answer.body);
      else if (answer.status === 404) open.phase = "gone";
      else {
        if (open.phase === "loading") open.phase = "unavailable";
        // The newest only: news that come meanwhile ask, too.
        clearTimeout(retry);
        retry = setTimeout(room.catchUp, RETRY_MS);
      }
      means.look();
    },
    async show(open, body) {
      if (look(state, open, body) === "behind" && state.conversation === open) await room.catchUp();
    },
    join: () => act("join"),
    leave: () => act("leave"),
    close: () => act("close"),
    handOver: (to) => act("hand-over", to ? { user_id: to } : {}),
  };
  return room;
}
