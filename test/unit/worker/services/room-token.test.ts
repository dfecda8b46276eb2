import { expect, it } from "vitest";
import { roomIdOf } from "../../../../worker/services/room-token.ts";
import { newToken } from "../../../support/chat-visitor.ts";

const FORM = "01900000-0000-8000-8000-000000000000";
const token = "A".repeat(43);

it("is the same room for the same token, and another one at another form", async () => {
  const id = await roomIdOf(FORM, token);
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(await roomIdOf(FORM, token)).toBe(id);
  expect(await roomIdOf(FORM.replace("019", "018"), token)).not.toBe(id);
});

it("is another room for every other token", async () => {
  const ids = await Promise.all(Array.from({ length: 500 }, () => roomIdOf(FORM, newToken())));
  expect(new Set(ids).size).toBe(500);
});

it.each(["", "A".repeat(42), "A".repeat(44), `${"A".repeat(42)}.`, `${"A".repeat(42)}\n`, "é".repeat(43)])(
  "is no room for %j",
  async (text) => {
    expect(await roomIdOf(FORM, text)).toBeNull();
  },
);
