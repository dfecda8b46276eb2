/** What of D1's failures passes, what may be asked again, and for how long. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DatabaseAway } from "../../../../worker/domain/database-away.ts";
import { onlyReads, outageOf, persist } from "../../../../worker/store/outage.ts";
import { MAYBE_RUN, NOT_RUN } from "../../../support/faulty.ts";

describe("a failure", () => {
  it.each(NOT_RUN)("%s: nothing was run", (message) => {
    expect(outageOf(new Error(message))).toBe("not-run");
  });

  it.each(MAYBE_RUN)("%s: nobody knows whether it was run", (message) => {
    expect(outageOf(new Error(message))).toBe("maybe-run");
  });

  it.each([
    "D1_ERROR: UNIQUE constraint failed: idempotency.organization_id, idempotency.key: SQLITE_CONSTRAINT",
    "D1_ERROR: CHECK constraint failed: rate_limited: SQLITE_CONSTRAINT",
    'D1_ERROR: near "INSERTZ": syntax error at offset 0: SQLITE_ERROR',
    "D1_TYPE_ERROR: Type 'undefined' not supported for value 'undefined'",
    "Something went wrong",
  ])("%s: no repeat mends it", (message) => {
    expect(outageOf(new Error(message))).toBeNull();
  });
});

describe("a statement", () => {
  it.each(["SELECT 1", "  select * from lead", "WITH a AS (SELECT 1) SELECT * FROM a", "EXPLAIN QUERY PLAN SELECT 1"])(
    "only reads: %s",
    (sql) => expect(onlyReads(sql)).toBe(true),
  );

  it.each([
    "INSERT INTO lead SELECT 1",
    "UPDATE lead SET state = 'closed' RETURNING id",
    "WITH a AS (SELECT 1) DELETE FROM lead WHERE id IN a",
    "WITH a AS (SELECT 1) INSERT INTO lead SELECT * FROM a",
    "SELECT 1; DROP TABLE lead",
    "PRAGMA optimize",
    // It does, but nobody parses it.
    "SELECT replace(name, 'a', 'b') FROM lead",
    "",
  ])("may write: %s", (sql) => expect(onlyReads(sql)).toBe(false));
});

describe("asking again", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** @returns how often it was asked, for how long, and what came of it. */
  async function asked(failures: number, message: string, mayRepeat: boolean, tookMs = 0) {
    const began = Date.now();
    let times = 0;
    const ask = async () => {
      times += 1;
      vi.setSystemTime(Date.now() + tookMs);
      if (times <= failures) throw new Error(message);
      return "answer";
    };
    const end = persist(ask, () => mayRepeat).catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    return { times, ms: Date.now() - began, came: await end };
  }
  const [AWAY = ""] = NOT_RUN;
  const [LOST = ""] = MAYBE_RUN;

  it("ends with the first answer", async () => {
    expect(await asked(2, LOST, true)).toMatchObject({ times: 3, came: "answer" });
    expect(await asked(2, AWAY, false)).toMatchObject({ times: 3, came: "answer" });
  });

  it("is given up within a second and a half, however the pauses fall, with the database's own words", async () => {
    for (const random of [0, 0.999_999]) {
      vi.spyOn(Math, "random").mockReturnValue(random);
      const { times, ms, came } = await asked(99, AWAY, false);
      expect(times).toBe(4);
      expect(ms).toBeLessThanOrEqual(1_500);
      expect(came).toBeInstanceOf(DatabaseAway);
      expect(came).toMatchObject({ message: AWAY, retryAfterSeconds: 5 });
    }
  });

  it("has longer pauses each time", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.999_999);
    const waited: number[] = [];
    for (const failures of [1, 2, 3]) waited.push((await asked(failures, AWAY, false)).ms);
    expect(waited.map((ms) => Math.round(ms / 100))).toEqual([1, 4, 13]);
  });

  it("is not begun where the failure itself took long", async () => {
    expect(await asked(99, LOST, true, 2_000)).toMatchObject({ times: 1, came: expect.any(DatabaseAway) });
  });

  it("is left where it may do harm: what may have run is asked once", async () => {
    expect(await asked(99, LOST, false)).toMatchObject({ times: 1, came: expect.any(DatabaseAway) });
  });

  it("is no answer to what no repeat mends, which is thrown as it is", async () => {
    const { times, came } = await asked(99, "UNIQUE constraint failed: claim.key", false);
    expect([times, came]).toEqual([1, new Error("UNIQUE constraint failed: claim.key")]);
    expect(came).not.toBeInstanceOf(DatabaseAway);
  });
});
