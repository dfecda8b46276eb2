/** What the benchmark's figures rest on: nobody is fast by refusing, and nobody is favoured by their turn. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { declaredCosts } from "../../load/costs.ts";
import { drive, inRounds, quantile } from "../../load/drive.ts";
import { isMet } from "../../load/report.ts";

/** A server that refuses whatever comes after so many. */
async function taking(most: number): Promise<string> {
  let taken = 0;
  const server = createServer((_, response) => {
    taken += 1;
    response.writeHead(taken > most ? 503 : 200).end("so");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const ask = () => ({ path: "/" });

it("sends as many requests as are wanted, and times each", async () => {
  const driven = await drive(await taking(20), { width: 4, until: { count: 20 }, ask });
  expect(driven.times).toHaveLength(20);
  expect(driven.perSecond).toBeGreaterThan(0);
});

it("ends with an error where a request is refused", async () => {
  await expect(drive(await taking(19), { width: 4, until: { count: 20 }, ask })).rejects.toThrow("503 so");
});

it("gives everybody a turn in each round, after each of the others as often as before", async () => {
  const turns: string[] = [];
  await inRounds(["a", "b", "c"], 6, async (one) => void turns.push(one));
  const rounds = Array.from({ length: 6 }, (_, round) => turns.slice(3 * round, 3 * round + 3));
  for (const round of rounds) expect([...round].sort()).toEqual(["a", "b", "c"]);
  expect(rounds.map(([first]) => first).sort()).toEqual(["a", "a", "b", "b", "c", "c"]);
  const before = rounds.filter((round) => round.indexOf("a") < round.indexOf("b"));
  expect(before).toHaveLength(3);
});

it("reads quantiles off what was measured", () => {
  const values = [5, 1, 4, 2, 3];
  expect([0, 0.5, 1].map((share) => quantile(values, share))).toEqual([1, 3, 5]);
});

it("meets a goal at its bound and not past it", () => {
  const goal = { what: "x", goal: 1.15 };
  expect([1.15, 1.16].map((measured) => isMet({ ...goal, measured, bound: "at most" }))).toEqual([true, false]);
  expect([1.15, 1.14].map((measured) => isMet({ ...goal, measured, bound: "at least" }))).toEqual([true, false]);
});

it("prices what SCHEMA.md says that operations cost", () => {
  const costs = declaredCosts();
  expect(costs.map(({ name }) => name)).toEqual(expect.arrayContaining(["capture", "page of 25", "erase a person"]));
  for (const cost of costs) expect(cost.rowsRead + cost.rowsWritten + cost.roundTrips).not.toBeNaN();
});
