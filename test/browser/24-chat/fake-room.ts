/** A room that does what a scenario says, in the server's place: for states that need an operator, or the night. */
import type { Page, WebSocketRoute } from "playwright-core";
import type { ChatMessage, RoomFrame, VisitorFrame } from "../../../shared/chat-frames.ts";

type State = Extract<RoomFrame, { t: "state" }>;

export interface FakeRoom {
  /** What the visitor has sent, in its order. */
  heard: VisitorFrame[];
  /** Why it takes nothing that is said, for now. */
  refusal?: "malformed" | "rate-limited" | undefined;
  /** Everything but the state is numbered. */
  say(message: Omit<ChatMessage, "seq" | "at">): void;
  become(state: Partial<State>): void;
  tell(frame: RoomFrame): void;
  /** Cuts the line, and every one that is tried, until it is mended. */
  cut(): void;
  mend(): void;
}

/** 2026-03-02, 10:00 UTC: what pictures show. */
const AT = 1_772_445_600_000;

/** Takes the sockets of a page's chats, those of later pages too. */
export async function fakeRoom(page: Page, first: Partial<State> = {}): Promise<FakeRoom> {
  const heard: VisitorFrame[] = [];
  const messages: ChatMessage[] = [];
  let state: State = { t: "state", room: "r", status: "guided", last: 0, read: 0, ...first };
  let socket: WebSocketRoute | undefined;
  let isCut = false;
  const room: FakeRoom = {
    heard,
    cut() {
      isCut = true;
      socket?.close({ code: 1011 });
    },
    mend() {
      isCut = false;
    },
    tell: (frame) => socket?.send(JSON.stringify(frame)),
    say(message) {
      const seq = messages.length + 1;
      messages.push({ seq, at: AT + seq * 60_000, ...message });
      room.tell({ t: "message", ...(messages.at(-1) as ChatMessage) });
    },
    become(change) {
      state = { ...state, ...change, last: messages.length };
      room.tell(state);
    },
  };
  await page.routeWebSocket(/\/chat$/, (line) => {
    if (isCut) return line.close({ code: 1011 });
    socket = line;
    line.onMessage((text) => {
      if (text === "ping") return line.send("pong");
      const frame: VisitorFrame = JSON.parse(`${text}`);
      heard.push(frame);
      if (frame.t === "hello") {
        room.tell(state);
        for (const message of messages) if (message.seq > frame.since) room.tell({ t: "message", ...message });
      } else if (frame.t === "say" && room.refusal) {
        room.tell({ t: "error", code: room.refusal, id: frame.id, retry_ms: 100 });
      } else if (frame.t === "say") room.say({ by: "visitor", id: frame.id, text: frame.text });
      else if (frame.t === "close") {
        room.say({ by: "system", id: frame.id, type: "closed-by-visitor", text: "The visitor ended the chat." });
        room.become({ status: "closed" });
      }
    });
  });
  return room;
}
