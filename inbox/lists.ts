/** The lists: fetched whenever the line is opened or broken, kept by news in between; and leads sorted from them. */
import type { InboxFrame, RoomSummary } from "../shared/chat-frames.ts";
import type { Answer, Ask } from "./api.ts";
import { subjectOf, takeLists } from "./hear.ts";
import type { Colleague, State } from "./state.ts";
import { API, type IncomingBody, leadOf, type Page, type RoomBody } from "./wire.ts";

/** Pages of rooms that are fetched: ten times a hundred is more than anybody reads. */
const ROOM_PAGES = 10;
/** How far back a lead is looked for: the list has the newest first, and who sorts by hand sorts these. */
const LEAD_PAGES = 5;
const RETRY_MS = 10_000;
const NOT_LISTED: Answer<never> = { isOk: false, status: 404, words: "It is not in the list. Please try again." };
const DONE = { pick: "Picked.", accept: "Accepted.", decline: "Declined." };

export interface Lists {
  /** Fetches everything anew, until it has been had. */
  fetchAll(): Promise<void>;
  /** Has to know of every frame: what is told while lists are on their way is newer than they are. */
  heard(frame: InboxFrame): void;
  sort(lead: string, how: keyof typeof DONE): Promise<void>;
  fetchMoreLeads(): Promise<void>;
}

interface Means {
  state: State;
  draw(): void;
  ask: Ask;
}

export function createLists({ state, draw, ask }: Means): Lists {
  /** What was told of while lists are on their way. */
  let told: Set<string> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  /** Page after page, until `isEnough`. @returns undefined where one could not be had. */
  async function fetchPages<T>(path: string, most: number, isEnough = (_all: T[]) => false): Promise<T[] | undefined> {
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

  const lists: Lists = {
    async fetchAll() {
      clearTimeout(retry);
      if (state.phase !== "signed-in") return;
      const during = new Set<string>();
      told = during;
      const [rooms, leads, colleagues] = await Promise.all([
        fetchPages<RoomSummary>(`${API}/rooms?status=open`, ROOM_PAGES),
        ask<Page<IncomingBody>>("GET", `${API}/incoming`),
        ask<Page<Colleague>>("GET", `${API}/users`),
      ]);
      // Asked again meanwhile: what comes later is newer.
      if (told !== during || state.phase !== "signed-in") return;
      told = undefined;
      if (rooms && leads.isOk) {
        takeLists(state, rooms, leads.body.results.map(leadOf), during);
        state.moreLeads = leads.body.next;
      } else retry = setTimeout(lists.fetchAll, RETRY_MS);
      if (colleagues.isOk) state.colleagues = colleagues.body.results;
      draw();
    },
    heard(frame) {
      const subject = subjectOf(frame);
      if (subject) told?.add(subject);
    },
    async sort(lead, how) {
      if (state.doing.has(lead)) return;
      state.doing.add(lead);
      state.leadProblems.delete(lead);
      draw();
      const uid = await uidOf(lead);
      const answer = uid ? await ask<RoomBody>("POST", `${API}/incoming/${uid}/${how}`, {}) : NOT_LISTED;
      state.doing.delete(lead);
      if (answer.isOk) {
        // A list that is on its way may still have it.
        told?.add(lead);
        state.leads.delete(lead);
        state.said = DONE[how];
      } else state.leadProblems.set(lead, answer.words);
      draw();
    },
    async fetchMoreLeads() {
      const { moreLeads } = state;
      if (!moreLeads) return;
      const answer = await ask<Page<IncomingBody>>("GET", pathOf(moreLeads));
      if (!answer.isOk || state.moreLeads !== moreLeads) return;
      for (const lead of answer.body.results.map(leadOf)) {
        if (!state.leads.has(lead.id)) state.leads.set(lead.id, lead);
      }
      state.moreLeads = answer.body.next;
      draw();
    },
  };
  return lists;
}

/** Pages stand on this server, whatever their addresses say: behind a proxy it may know itself by another name. */
function pathOf(address: string): string {
  const { pathname, search } = new URL(address, location.origin);
  return pathname + search;
}
