/**
 * Visitors in chats, by exchanges or by sockets: they say who they are, which makes a lead, talk on, and end it. What was not
 * acknowledged is said again under its own id, in its order, as a page does.
 */
import type { RoomFrame, VisitorFrame } from "../../shared/chat-frames.ts";
import { type Line, openRoom } from "../load/chat-lines.ts";
import type { Ask } from "../load/drive.ts";
import { emailOf } from "../load/visitors.ts";
import type { World } from "../load/world.ts";
import type { Caller } from "./caller.ts";
import type { Chance } from "./chance.ts";
import type { At, Step } from "./people.ts";

type Said = Extract<VisitorFrame, { t: "say" | "answer" | "close" }>;
type Heard = Extract<RoomFrame, { t: "message" }>;

export interface Talk {
  id: string;
  token: string;
  bySocket: boolean;
  /** All that the visitor says, to its end. */
  script: Said[];
  /** How much of it has been sent at least once. */
  sent: number;
  /** What came back of it, in its order: what was acknowledged. */
  heard: Heard[];
  isBusy: boolean;
  /** The visitor never comes back: what the room has yet to tell the database, it tells by itself. */
  isLeft: boolean;
}

export function newTalk(chance: Chance, bySocket: boolean): Talk {
  const id = chance.uuid();
  const answer = (field: string, value: string | null): Said => ({ t: "answer", id: chance.uuid(), field, value });
  const words = Array.from({ length: 2 + chance.below(8) }, (_, index): Said => {
    return { t: "say", id: chance.uuid(), text: `${index} of ${id}` };
  });
  const script = [
    ...[answer("name", emailOf(id)), answer("email", emailOf(id)), answer("phone", null), ...words],
    { t: "close", id: chance.uuid() } satisfies Said,
  ];
  return { id, token: chance.token(), bySocket, script, sent: 0, heard: [], isBusy: false, isLeft: false };
}

/** Goes on with a talk that nobody goes on with, or begins one. */
export const talk =
  (bySocket: boolean): Step =>
  async (at) => {
    const { ledger, chance } = at;
    let one = ledger.talks.find((open) => open.bySocket === bySocket && !open.isBusy && !open.isLeft && !isOver(open));
    if (one === undefined) {
      one = newTalk(chance, bySocket);
      ledger.talks.push(one);
    }
    one.isBusy = true;
    try {
      await (bySocket ? byLine(at, one) : byExchange(at, one));
    } finally {
      one.isBusy = false;
    }
  };

export const isOver = ({ script, heard }: Talk): boolean => heard.length === script.length;
/** The lead is born of the first answer, which tells the name. */
export const hasLead = ({ heard }: Talk): boolean => heard.length > 0;
export const hasEmail = ({ heard }: Talk): boolean => heard.length > 1;

/** The next few that it says, or all that was sent without an answer. */
function nextOf(talk: Talk, chance: Chance): Said[] {
  const from = talk.heard.length;
  const to = Math.max(talk.sent, Math.min(talk.script.length, from + 1 + chance.below(3)));
  talk.sent = to;
  return talk.script.slice(from, to);
}

async function byExchange({ world, caller, chance }: At, one: Talk): Promise<void> {
  const frames = nextOf(one, chance);
  acknowledge(one, frames, await exchange(caller, world, one, frames));
}

/** @returns all that the room holds for its visitor, after the frames. */
export async function exchange(caller: Caller, world: World, { token }: Talk, frames: Said[] = []): Promise<Heard[]> {
  const body = JSON.stringify({ token, hello: { since: 0 }, frames });
  const headers = { "content-type": "text/plain" };
  const ask: Ask = { method: "POST", path: `/v1/forms/${world.chatFormId}/chat`, headers, body };
  const answer = await caller.ask<{ frames: RoomFrame[] }>(ask);
  const refused = answer.frames.find(({ t }) => t === "error" || t === "problem");
  if (refused) throw new Error(`${JSON.stringify(frames)} was refused: ${JSON.stringify(refused)}`);
  return answer.frames.filter((frame) => frame.t === "message");
}

async function byLine({ world, caller, chance }: At, one: Talk): Promise<void> {
  const line: Line = await caller.through(openRoom(caller, world.chatFormId, one.token));
  try {
    while (!isOver(one)) {
      const frames = nextOf(one, chance);
      const sent = frames.map((frame) => caller.through(line.send(frame.id, JSON.stringify(frame)) as Promise<Heard>));
      const results = await Promise.allSettled(sent);
      const back = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      acknowledge(one, frames.slice(0, back.length), back);
      await Promise.all(sent);
    }
  } finally {
    line.close();
  }
}

/** @throws where something that was said did not come back. */
function acknowledge(one: Talk, frames: Said[], heard: Heard[]): void {
  for (const { id } of frames) {
    const back = heard.find((message) => message.id === id);
    if (back === undefined) throw new Error(`${id} was not taken: ${JSON.stringify(heard)}`);
    one.heard.push(back);
  }
}
