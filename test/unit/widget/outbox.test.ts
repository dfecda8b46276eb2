import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OUTBOX_TTL_HOURS, SUBMISSION_TTL_HOURS } from "../../../shared/limits.ts";
import { isKept, keep, waiting } from "../../../widget/form/outbox.ts";

const NOW = Date.parse("2026-03-02T10:00:00Z");
const DAY_MS = 86_400_000;
const submission = (id: string, at = NOW, url = "https://foyer.example/v1/forms/f/leads") => ({
  id,
  url,
  at,
  body: "{}",
});

/** As much of localStorage as the outbox uses: keys are its own enumerable properties there too. */
class Shelf {
  [key: string]: unknown;
  getItem(key: string): string | null {
    return (this[key] as string | undefined) ?? null;
  }
  setItem(key: string, text: string): void {
    this[key] = text;
  }
  removeItem(key: string): void {
    delete this[key];
  }
}

let shelf: Shelf;
beforeEach(() => {
  shelf = new Shelf();
  vi.stubGlobal("localStorage", shelf);
});
afterEach(() => vi.unstubAllGlobals());

describe("the outbox", () => {
  it("gives back what was kept, for the addresses that are asked for", () => {
    keep(submission("a"));
    keep(submission("b", NOW, "https://other.example/v1/forms/f/leads"));
    expect(waiting("https://foyer.example/", NOW)).toEqual([submission("a")]);
    expect(Object.keys(shelf)).toHaveLength(2);
  });

  it("leaves other programs' entries alone", () => {
    shelf.setItem("cart", "{");
    expect(waiting("https://foyer.example/", NOW)).toEqual([]);
    expect(shelf.getItem("cart")).toBe("{");
  });

  it.each([
    ["older than a week", JSON.stringify(submission("a", NOW - 8 * DAY_MS))],
    ["not readable", "{"],
    ["of another shape", "[]"],
    ["nothing", "null"],
  ])("throws out what is %s", (_, text) => {
    shelf.setItem("foyer:out:a", text);
    expect(waiting("https://foyer.example/", NOW)).toEqual([]);
    expect(Object.keys(shelf)).toEqual([]);
  });

  it("gives what a clock kept that has been set back since its week from now on", () => {
    keep(submission("a", NOW + 30 * DAY_MS));
    expect(waiting("https://foyer.example/", NOW)).toEqual([submission("a", NOW)]);
    expect(waiting("https://foyer.example/", NOW + 6 * DAY_MS)).toHaveLength(1);
    expect(waiting("https://foyer.example/", NOW + 8 * DAY_MS)).toEqual([]);
  });

  it("says whether it has kept something", () => {
    expect([keep(submission("a")), isKept(submission("a")), isKept(submission("b"))]).toEqual([true, true, false]);
    shelf.setItem = () => {
      throw new Error("full");
    };
    expect([keep(submission("c")), isKept(submission("c"))]).toEqual([false, false]);
  });

  it("tries for a shorter time than the server knows a submission's id", () => {
    expect(SUBMISSION_TTL_HOURS - OUTBOX_TTL_HOURS).toBeGreaterThanOrEqual(24);
  });

  it("is empty and in nobody's way where there is no storage", () => {
    vi.stubGlobal("localStorage", undefined);
    expect(() => keep(submission("a"))).not.toThrow();
    expect(waiting("https://foyer.example/", NOW)).toEqual([]);
  });
});
