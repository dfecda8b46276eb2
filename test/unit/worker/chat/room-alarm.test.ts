/** When a room looks after itself. */
import { describe, expect, it } from "vitest";
import { ROOM_IDLE_MS } from "../../../../shared/limits.ts";
import { dueAt, LINGER_MS } from "../../../../worker/chat/room-alarm.ts";
import { newRoom, type RoomState } from "../../../../worker/chat/room-state.ts";

const NOW = 1_000_000_000;
const NO_VISIT = {
  ...{ visitorId: null, pageUrl: null, pageTitle: null, referrer: null, ip: null, geography: null, browser: null },
};
const room = (change: Partial<RoomState>): RoomState => ({
  ...newRoom(
    { roomId: "r", formId: "f", formName: "F", organizationId: 1, visit: NO_VISIT, languages: [], leadUuid: "l" },
    NOW,
  ),
  ...change,
});
const dirty = { version: 2, savedVersion: 1 };
const in_ = (state: RoomState, failures = 0, now = NOW) => dueAt(state, now, failures) - now;

describe("a room's alarm", () => {
  it("waits as long as a visitor may be silent", () => {
    expect(in_(room({}))).toBe(ROOM_IDLE_MS);
    expect(in_(room({}), 0, NOW + 60_000)).toBe(ROOM_IDLE_MS - 60_000);
  });

  it("tells the database soon what it could not be told, then more and more seldom, for ever", () => {
    const waits = [0, 1, 2, 3, 6, 7, 20, 2_000].map((failures) => in_(room(dirty), failures));
    expect(waits).toEqual([10_000, 1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it("forgets a room that has ended once it is saved, and never goes off at once while it is not", () => {
    const ended = { status: "closed" as const, closedAt: NOW };
    expect(in_(room(ended))).toBe(LINGER_MS);
    expect(in_(room({ ...ended, ...dirty }), 9, NOW + 10 * LINGER_MS)).toBe(60_000);
  });
});
