/** How fast somebody may send. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { Pace } from "../../../../worker/chat/pace.ts";

test("so many at once, then so many a second, and as many at once again after a rest", () => {
  const pace = new Pace(3, 2);
  const takes = (now: number, times: number) => Array.from({ length: times }, () => pace.take(now));
  expect(takes(1_000, 4)).toEqual([0, 0, 0, 500]);
  expect(takes(1_500, 2)).toEqual([0, 500]);
  expect(takes(1_750, 1)).toEqual([250]);
  expect(takes(9_000, 4)).toEqual([0, 0, 0, 500]);
});

test("whoever goes on at a standstill is ignored, until they have waited", () => {
  const pace = new Pace(3, 1);
  for (let times = 0; times < 6; times += 1) pace.take(0);
  expect(pace.isIgnored).toBe(false);
  pace.take(0);
  expect(pace.isIgnored).toBe(true);
  pace.take(1_000);
  expect(pace.isIgnored).toBe(false);
});

test("never more than the burst and what the time has given, whatever the clock does", () => {
  const steps = fc.array(fc.integer({ min: -2_000, max: 2_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (all) => {
      const pace = new Pace(5, 2);
      let [now, taken, gained] = [10_000, 0, 0];
      for (const step of all) {
        now += step;
        gained += Math.max(0, step);
        if (pace.take(now) === 0) taken += 1;
      }
      expect(taken).toBeLessThanOrEqual(5 + (gained / 1000) * 2 + 1e-6);
    }),
  );
});
