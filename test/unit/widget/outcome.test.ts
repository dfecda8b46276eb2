import { describe, expect, it } from "vitest";
import { judge } from "../../../widget/form/outcome.ts";
import { retryDelayMs } from "../../../widget/lib/retry-delay.ts";

const NOW = Date.parse("2026-03-02T10:00:00Z");
const answer = { id: "0190", created_at: "2026-03-02T10:00:00.000Z" };
const problem = (kind: string, more = {}) => ({ type: `urn:foyer:problem:${kind}`, title: "", status: 0, ...more });

describe("judge", () => {
  it("takes a stored lead for sent, and a replay of one as well", () => {
    expect(judge(201, answer, null, NOW)).toEqual({ kind: "sent", answer });
    expect(judge(200, answer, null, NOW)).toEqual({ kind: "sent", answer });
  });

  it.each([
    [200, undefined],
    [200, {}],
    [201, undefined],
    [302, undefined],
  ])("does not believe a success that names no lead, as a hotel's login page is: %i %o", (status, body) => {
    expect(judge(status, body, null, NOW).kind).toBe("later");
  });

  it.each([408, 425, 429, 500, 502, 503, 504])("keeps for later what got %i", (status) => {
    expect(judge(status, problem("internal"), null, NOW).kind).toBe("later");
  });

  it.each([400, 403, 404, 410, 413, 415, 422])("lets go of what was refused for good by %i", (status) => {
    expect(judge(status, undefined, null, NOW)).toEqual({ kind: "refused", reason: `${status}`, errors: [] });
  });

  it("hands on a challenge, which is no last word", () => {
    const challenge = { turnstile: { site_key: "k", script: "https://a.example/api.js" } };
    const asked = problem("challenge-required", { challenge });
    expect(judge(428, asked, null, NOW)).toEqual({ kind: "challenged", challenge });
  });

  it("tells a duplicate from any other conflict", () => {
    expect(judge(409, problem("duplicate-lead"), null, NOW)).toEqual({ kind: "duplicate" });
    expect(judge(409, problem("conflict"), null, NOW)).toMatchObject({ kind: "refused", reason: "conflict" });
  });

  it("hands on what is wrong with which field", () => {
    const errors = [{ field: "email", code: "email", message: "No." }];
    expect(judge(422, problem("invalid-fields", { errors }), null, NOW)).toEqual({
      kind: "refused",
      reason: "invalid-fields",
      errors,
    });
  });

  it.each([
    ["120", 120_000],
    ["0", 0],
    ["Mon, 02 Mar 2026 10:00:30 GMT", 30_000],
    ["soon", 0],
    [null, undefined],
  ])("reads Retry-After %o", (header, waitMs) => {
    expect(judge(503, undefined, header, NOW)).toEqual({ kind: "later", waitMs });
  });
});

describe("retryDelayMs", () => {
  it("doubles from two seconds to five minutes", () => {
    expect([0, 1, 2, 3].map((attempt) => retryDelayMs(attempt, undefined, 1))).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(retryDelayMs(30, undefined, 1)).toBe(300_000);
  });

  it("spreads visitors over the upper half of the pause", () => {
    expect(retryDelayMs(1, undefined, 0)).toBe(2_000);
    expect(retryDelayMs(1, undefined, 0.5)).toBe(3_000);
  });

  it("never comes before the server's own time", () => {
    expect(retryDelayMs(0, 60_000, 1)).toBe(60_000);
    expect(retryDelayMs(9, 1_000, 1)).toBe(300_000);
  });

  it("believes no server, and no clock, that asks for more than an hour", () => {
    expect(retryDelayMs(0, 365 * 86_400_000, 1)).toBe(3_600_000);
  });
});
