/** What a browser keeps of a chat is there in its order, for a week, and by whoever can be believed. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ROOM_TOKEN } from "../../../shared/chat-frames.ts";
import { OUTBOX_TTL_HOURS } from "../../../shared/limits.ts";
import { keep, newToken, pendingOf } from "../../../widget/chat/kept.ts";
import { remember } from "../../../widget/lib/storage.ts";

const KEY = "foyer:open:form";
const NOW = 1_772_445_600_000;

beforeEach(() => {
  const entries = {} as Record<string, string>;
  const methods = {
    getItem: (key: string) => entries[key] ?? null,
    setItem: (key: string, text: string) => {
      entries[key] = text;
    },
    removeItem: (key: string) => {
      delete entries[key];
    },
  };
  vi.stubGlobal(
    "localStorage",
    new Proxy(entries, { get: (_, key: string) => methods[key as "getItem"] ?? entries[key] }),
  );
});

describe("what was said and is not known to have arrived", () => {
  it("is there in its order until it is dropped", () => {
    const later = keep(KEY, NOW + 2, { t: "say", id: "b", text: "Two." });
    const first = keep(KEY, NOW + 1, { t: "answer", id: "z", field: "name", value: "Ada" });
    const last = keep(KEY, NOW + 3, { t: "call", id: "a" });
    expect([...pendingOf(KEY, NOW + 3)]).toEqual([first, later, last]);
    remember(first.key, null);
    expect([...pendingOf(KEY, NOW + 3)]).toEqual([later, last]);
  });

  it("is another form's business where it is another form's", () => {
    keep(`${KEY}2`, NOW, { t: "say", id: "a", text: "Hello" });
    localStorage.setItem(KEY, "token");
    expect([...pendingOf(KEY, NOW)]).toEqual([]);
  });

  it("is thrown out after a week, or where nobody can read it", () => {
    keep(KEY, NOW, { t: "say", id: "a", text: "Hello" });
    localStorage.setItem(`${KEY}:1.x`, "{");
    expect([...pendingOf(KEY, NOW + OUTBOX_TTL_HOURS * 3_600_000)]).toEqual([]);
    expect(Object.keys(localStorage)).toEqual([]);
  });
});

it("a token is 32 random bytes as rooms take them", () => {
  const made = new Set(Array.from({ length: 500 }, newToken));
  expect(made.size).toBe(500);
  for (const token of made) expect(token).toMatch(ROOM_TOKEN);
});
