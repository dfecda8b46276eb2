/**
 * The operator's desk: what can be done, and the state that comes of it. Holds the state, draws nothing. News come by the
 * line, deeds go as questions with an answer each, so that whoever did something knows whether it is done.
 */
import type { InboxFrame } from "../shared/chat-frames.ts";
import { type Ask, createApi } from "./api.ts";
import { hear, isMine } from "./hear.ts";
import { type Line, openLine } from "./line.ts";
import { createLists, type Lists } from "./lists.ts";
import { createRoom, type Room } from "./room.ts";
import { createSender, type Sender } from "./sender.ts";
import { type Me, newConversation, newState, type State } from "./state.ts";
import { API, SESSION } from "./wire.ts";

export interface Credentials {
  organization: string;
  username: string;
  password: string;
}

export interface Desk extends Sender, Omit<Room, "show" | "catchUp">, Pick<Lists, "sort" | "fetchMoreLeads"> {
  state: State;
  draw(): void;
  /** Whether somebody is signed in already. */
  begin(): Promise<void>;
  signIn(credentials: Credentials): Promise<void>;
  signOut(): Promise<void>;
  /** The page is before the operator's eyes again, or time has passed. */
  look(): void;
  /** The network is there again: no need to wait. */
  hurry(): void;
}

/** @param draw Draws the state. @param isSeen whether the page is before the operator's eyes. */
export function createDesk(draw: () => void, isSeen: () => boolean): Desk {
  const state = newState(Date.now());
  let line: Line | undefined;

  const api = createApi();
  const ask: Ask = async (method, path, body) => {
    const answer = await api.ask<never>(method, path, body);
    if (answer.isOk || state.phase !== "signed-in") return answer;
    if (answer.status === 401) end("Your session has ended.");
    // Nothing can be read any more. Deeds are refused for other reasons, too.
    if (answer.status === 403 && method === "GET") end(answer.words);
    return answer;
  };
  const lists = createLists({ state, draw, ask });
  const room = createRoom({ state, draw, ask, look: () => desk.look() });
  const { catchUp, show, ...deeds } = room;

  function enter(me: Me): void {
    // Somebody else finds nothing of what was here.
    if (state.me?.user.id !== me.user.id) {
      const { conversation } = state;
      Object.assign(state, newState(Date.now()), { conversation: conversation && newConversation(conversation.id) });
    }
    Object.assign(state, { phase: "signed-in", me, problem: undefined });
    api.csrf = me.csrf;
    line = openLine(`${location.origin.replace(/^http/, "ws")}${API}/rooms/socket`, {
      opened: () => refresh(true),
      broken: () => refresh(false),
      heard: take,
      ended: () => end("Your session has ended."),
    });
    draw();
  }
  /** Drafts and what was not sent stay: the same person may sign in again. */
  function end(problem?: string): void {
    line?.close();
    line = undefined;
    api.csrf = "";
    Object.assign(state, { phase: "signed-out", problem, isLive: false, asking: undefined, doing: new Set() });
    draw();
  }
  function refresh(isLive: boolean): void {
    state.isLive = isLive;
    draw();
    lists.fetchAll();
    catchUp();
  }
  function take(frame: InboxFrame): void {
    state.now = Date.now();
    lists.heard(frame);
    if (hear(state, frame, isSeen()) === "behind") catchUp();
    desk.look();
  }

  const desk: Desk = {
    ...deeds,
    ...createSender({ state, draw, ask, line: () => line, show }),
    sort: lists.sort,
    fetchMoreLeads: lists.fetchMoreLeads,
    state,
    draw,
    async begin() {
      const answer = await ask<Me>("GET", SESSION);
      if (answer.isOk) return enter(answer.body);
      end(answer.status === 401 ? undefined : answer.words);
    },
    async signIn(credentials) {
      Object.assign(state, { isBusy: true, problem: undefined });
      draw();
      const answer = await ask<Me>("POST", SESSION, credentials);
      state.isBusy = false;
      if (answer.isOk) return enter(answer.body);
      end(answer.status === 401 ? "Organization, user name or password is wrong." : answer.words);
    },
    async signOut() {
      const answer = await ask("DELETE", SESSION);
      if (!answer.isOk && answer.status !== 401) {
        state.problem = answer.words;
        return draw();
      }
      end();
      Object.assign(state, newState(Date.now()), { phase: "signed-out" });
      draw();
    },
    look() {
      state.now = Date.now();
      const { conversation: open } = state;
      if (open?.typing && open.typing.until <= state.now) open.typing = undefined;
      if (open && isSeen()) {
        const entry = state.rooms.get(open.id);
        if (entry) entry.isUnread = false;
        if (isMine(state, open.room)) desk.read(open);
      }
      draw();
    },
    hurry: () => line?.hurry(),
  };
  return desk;
}
