/** What each frame makes of a room, in whatever order and however often it comes. */
import { describe, expect, it } from "vitest";
import type { ChatMessage, RoomFrame } from "../../../shared/chat-frames.ts";
import { hear, isNews, lastOf, newRoom, TYPING_MS } from "../../../widget/chat/room.ts";

const message = (seq: number, more: Partial<ChatMessage> = {}): RoomFrame => ({
  t: "message",
  seq,
  at: seq,
  by: "bot",
  text: `${seq}`,
  ...more,
});
const state = (more: object): RoomFrame => ({ t: "state", room: "r", status: "guided", last: 0, read: 0, ...more });

describe("a room", () => {
  it("has each message once, by its number, however it comes", () => {
    const room = newRoom([]);
    const news = [3, 1, 3, 2, 1, 5].map((seq) => hear(room, message(seq), 0));
    expect(news).toEqual([true, true, false, true, false, true]);
    expect(room.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 5]);
    expect(lastOf(room)).toBe(5);
  });

  it("is asked, talked in and away only as long as the last state says so", () => {
    const room = newRoom([]);
    hear(room, state({ ask: "email", away: { until: 1 } }), 0);
    expect(room).toMatchObject({ status: "guided", ask: "email", away: { until: 1 } });
    hear(room, state({ status: "talking", operator: "Ines", read: 4 }), 0);
    expect(room).toMatchObject({ status: "talking", operator: "Ines", read: 4 });
    expect(room.ask).toBeUndefined();
    expect(room.away).toBeUndefined();
  });

  it("has somebody typing for a while, and no longer than until they have said it", () => {
    const room = newRoom([]);
    hear(room, { t: "typing" }, 1_000);
    expect(room.typingUntil).toBe(1_000 + TYPING_MS);
    hear(room, message(1), 1_001);
    expect(room.typingUntil).toBe(1_000 + TYPING_MS);
    hear(room, message(2, { by: "operator" }), 1_002);
    expect(room.typingUntil).toBe(0);
  });

  it("keeps what it was for a frame of a later version", () => {
    const room = newRoom([]);
    expect(hear(room, { t: "waves" } as unknown as RoomFrame, 0)).toBe(false);
    expect(room).toEqual(newRoom([]));
  });

  it("has news from operators and the bot, not from the visitor or the system", () => {
    const by = (by: ChatMessage["by"]) => isNews(message(1, { by }) as unknown as ChatMessage);
    expect((["operator", "bot", "visitor", "system"] as const).map(by)).toEqual([true, true, false, false]);
  });
});
