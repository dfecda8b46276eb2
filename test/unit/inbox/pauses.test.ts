/** How long the operators' page waits, and says that one has to. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { pauseIn } from "../../../inbox/api.ts";
import { pauseMs } from "../../../inbox/line.ts";
import { ago } from "../../../inbox/words.ts";

it("a broken line is opened anew within half a second to half a minute, later after each failure", () => {
  expect([pauseMs(0, 0), pauseMs(0, 1), pauseMs(3, 0), pauseMs(3, 1)]).toEqual([500, 1_000, 4_000, 8_000]);
  fc.assert(
    fc.property(fc.nat(2_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
      const ms = pauseMs(failures, chance);
      return ms >= 500 && ms <= 30_000;
    }),
  );
});

it("Retry-After is said in whole seconds or minutes that are never too short", () => {
  expect([1, 59, 60, 61, 600].map(pauseIn)).toEqual([
    "in 1 second",
    "in 59 seconds",
    "in 1 minute",
    "in 2 minutes",
    "in 10 minutes",
  ]);
  expect([0, Number.NaN].map(pauseIn)).toEqual(["later", "later"]);
});

it("how long ago something was is one number and one unit, and clocks that disagree do no harm", () => {
  const minute = 60_000;
  expect(
    [-minute, 0, minute, 59 * minute, 60 * minute, 47 * 60 * minute, 48 * 60 * minute].map((ms) => ago(0, ms)),
  ).toEqual(["now", "now", "1 min", "59 min", "1 h", "47 h", "2 d"]);
});
