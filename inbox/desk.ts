/**
 * The operator's desk: what can be done, and the state that comes of it. Holds the state, draws nothing. News come by the
 * line, deeds go as questions with an answer each, so that whoever did something knows whether it is done.
 */
import type { InboxFrame, RoomSummary } from "../shared/chat-frames.ts";
import { type Answer, type Api, createApi } from "./api.ts";
import { hear, isMine, lastOf, look, subjectOf, takeLists } from "./hear.ts";
import { type Line, openLine } from "./line.ts";
import { createSender, type Sender } from "./sender.ts";
import { type Colleague, type Conversation, type Me, newConversation, newState, type State } from "./state.ts";
import { type IncomingBody, leadOf, type Page, type RoomBody } from "./wire.ts";

const API = "/admin/v1";
const SESSION = "/inbox/session";
/** Pages of rooms that are fetched: ten times a hundred is more than anybody reads. */
const ROOM_PAGES = 10;
/** How far back a lead is looked for: the list has the newest first, and who sorts by hand sorts these. */
const LEAD_PAGES = 5;

const NOT_FOUND: Answer<never> = { isOk: false, status: 404, words: "It is not in the list. Please try again." };

export interface Credentials {
  organization: string;
  username: string;
  password: string;
}

export interface Desk extends Sender {
  state: State;
  draw(): void;
  /** Whether somebody is signed in already. */
  begin(): Promise<void>;
  signIn(credentials: Credentials): Promise<void>;
  signOut(): Promise<void>;
  /** Opens a room; without one, shows the lists alone. */
  open(room: string | undefined): void;
  /** The page is before the operator's eyes again, or time has passed. */
  look(): void;
  join(): Promise<void>;
  leave(): Promise<void>;
  close(): Promise<void>;
  /** @param to a colleague's id; without one, whoever takes it. */
  handOver(to: string | undefined): Promise<void>;
  sort(lead: string, how: "pick" | "accept" | "decline"): Promise<void>;
  fetchMoreLeads(): Promise<void>;
  hurry(): void;
}

/** @param draw Draws the state. @param isSeen whether the page is before the operator's eyes. */
export function createDesk(draw: () => void, isSeen: () => boolean): Desk {
  const state = newState(Date.now());
  let line: Line | undefined;
  /** What was heard of while lists are on their way. */
  let heard: Set<string> | undefined;

  const api: Api = createApi();
  async function ask<T>(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<Answer<T>> {
    const answer = await api.ask<T>(method, path, body);
    if (!answer.isOk && answer.status === 401 && state.phase === "signed-in") end("Your session has ended.");
    return answer;
  }

  function enter(me: Me): void {
    // Somebody else finds nothing of what was here.
    if (state.me?.user.id !== me.user.id) {
      const { conversation } = state;
      Object.assign(state, newState(Date.now()), { conversation: conversation && newConversation(conversation.id) });
    }
    Object.assign(state, { phase: "signed-in", me, problem: undefined });
    api.csrf = me.csrf;
    line = openLine(`${location.origin.replace(/^http/, "ws")}${API}/rooms/socket`, {
      opened() {
        state.isLive = true;
        fetchAll();
      },
      broken() {
        state.isLive = false;
        fetchAll();
      },
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

  async function fetchAll(): Promise<void> {
    draw();
    const during = new Set<string>();
    heard = during;
    const [rooms, leads, colleagues] = await Promise.all([
      fetchPages<RoomSummary>(`${API}/rooms?status=open`, ROOM_PAGES),
      ask<Page<IncomingBody>>("GET", `${API}/incoming`),
      ask<Page<Colleague>>("GET", `${API}/users`),
      catchUp(),
    ]);
    // Asked again meanwhile: what comes later is newer.
    if (heard !== during || state.phase !== "signed-in") return;
    heard = undefined;
    if (rooms && leads.isOk) {
      takeLists(state, rooms, leads.body.results.map(leadOf), during);
      state.moreLeads = leads.body.next;
    }
    if (colleagues.isOk) state.colleagues = colleagues.body.results;
    draw();
  }
  /** Page after page of a list, until `isEnough`. @returns undefined where one could not be had. */
  async function fetchPages<T>(
    path: string,
    most: number,
    isEnough: (results: T[]) => boolean = () => false,
  ): Promise<T[] | undefined> {
    const all: T[] = [];
    let next: string | null = path;
    for (let pages = 0; next && pages < most && !isEnough(all); pages++) {
      const answer: Answer<Page<T>> = await ask("GET", next);
      if (!answer.isOk) return undefined;
      all.push(...answer.body.results);
      next = answer.body.next && pathOf(answer.body.next);
    }
    return all;
  }

  /** What a lead is sorted by, where it was only told of. */
  async function uidOf(lead: string): Promise<string | undefined> {
    const known = state.leads.get(lead)?.uid;
    if (known) return known;
    const isIt = ({ lead_id }: IncomingBody) => lead_id === lead;
    const waiting = await fetchPages<IncomingBody>(`${API}/incoming`, LEAD_PAGES, (all) => all.some(isIt));
    return waiting?.find(isIt)?.uid;
  }

  function take(frame: InboxFrame): void {
    state.now = Date.now();
    const subject = subjectOf(frame);
    if (subject) heard?.add(subject);
    if (hear(state, frame, isSeen()) === "behind") catchUp();
    desk.look();
  }

  /** Fetches what the open room has beyond what is known of it. */
  async function catchUp(): Promise<void> {
    const open = state.conversation;
    if (!open || state.phase !== "signed-in") return;
    const answer = await ask<RoomBody>("GET", `${API}/rooms/${open.id}?since=${lastOf(open)}`);
    if (state.conversation !== open) return;
    if (answer.isOk) look(state, open, answer.body);
    else if (answer.status === 404) open.phase = "gone";
    else if (open.phase === "loading") open.phase = "unavailable";
    desk.look();
  }

  async function show(open: Conversation, body: RoomBody): Promise<void> {
    if (look(state, open, body) === "behind" && state.conversation === open) await catchUp();
  }

  /** One deed in the open room. */
  async function act(deed: string, body: object = {}): Promise<void> {
    const open = state.conversation;
    if (!open || state.doing.has(open.id)) return;
    state.doing.add(open.id);
    open.problem = state.asking = undefined;
    draw();
    const answer = await ask<RoomBody>("POST", `${API}/rooms/${open.id}/${deed}`, body);
    state.doing.delete(open.id);
    if (answer.isOk) await show(open, answer.body);
    else {
      open.problem = answer.words;
      // What it was refused for is known here by now.
      await catchUp();
    }
    draw();
  }

  const desk: Desk = {
    ...createSender({ state, draw, ask, line: () => line, show }),
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
        state.said = answer.words;
        return draw();
      }
      end();
      Object.assign(state, newState(Date.now()), { phase: "signed-out" });
      draw();
    },
    open(room) {
      state.asking = undefined;
      if (room !== state.conversation?.id) {
        state.conversation = room ? newConversation(room, state.rooms.get(room)?.room) : undefined;
        catchUp();
      }
      desk.look();
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
    join: () => act("join"),
    leave: () => act("leave"),
    close: () => act("close"),
    handOver: (to) => act("hand-over", to ? { user_id: to } : {}),
    async sort(lead, how) {
      if (state.doing.has(lead)) return;
      state.doing.add(lead);
      state.leadProblems.delete(lead);
      draw();
      const uid = await uidOf(lead);
      const answer = uid ? await ask("POST", `${API}/incoming/${uid}/${how}`, {}) : NOT_FOUND;
      state.doing.delete(lead);
      if (answer.isOk) {
        // A list that is on its way may still have it.
        heard?.add(lead);
        state.leads.delete(lead);
        state.said = { pick: "Picked.", accept: "Accepted.", decline: "Declined." }[how];
      } else state.leadProblems.set(lead, answer.words);
      draw();
    },
    async fetchMoreLeads() {
      const { moreLeads } = state;
      if (!moreLeads) return;
      const answer = await ask<Page<IncomingBody>>("GET", pathOf(moreLeads));
      if (!answer.isOk || state.moreLeads !== moreLeads) return;
      for (const lead of answer.body.results.map(leadOf)) if (!state.leads.has(lead.id)) state.leads.set(lead.id, lead);
      state.moreLeads = answer.body.next;
      draw();
    },
    hurry: () => line?.hurry(),
  };
  return desk;
}

/** Pages stand on this server, whatever their addresses say: behind a proxy it may know itself by another name. */
function pathOf(address: string): string {
  const { pathname, search } = new URL(address, location.origin);
  return pathname + search;
}
