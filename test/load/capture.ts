/** Captures a second and how long each takes, beside a bare insert, the same batch by hand, and a server on Node. */
import { BARE_INSERT, BY_HAND, type Capturer, FOYER, insistOnLeads, openCapturers } from "./capturers.ts";
import { type Driven, drive, inRounds, median, quantile } from "./drive.ts";
import type { Bench, Part } from "./part.ts";
import { rounded } from "./report.ts";
import { captureOf } from "./visitors.ts";

const WIDTHS = [1, 16, 64];
const ROUNDS = 5;
const ROUND_MS = 1_500;
const NOTES = [
  "A form with limits for itself and each address: eight statements. Everything is synced to disk before it is answered.",
  "Foyer is set to log failures alone: its line a request would come through the load generator's own process.",
];

export const captures: Part = async (bench) => {
  const capturers = await openCapturers(bench);
  try {
    const rows = [];
    const ratios = new Map<string, number>();
    const answered = new Map<string, number>();
    for (const width of WIDTHS) {
      const driven = await measure(capturers, { width, bench, answered });
      const rate = (name: string) => median((driven.get(name) as Driven[]).map(({ perSecond }) => perSecond));
      for (const [name, rounds] of driven) {
        const times = rounds.flatMap((round) => round.times);
        ratios.set(`${name} ${width}`, rate(name) / rate(BARE_INSERT));
        rows.push({
          connections: width,
          who: name,
          "a second": Math.round(rate(name)),
          "of bare": rounded(rate(name) / rate(BARE_INSERT)),
          "p50 ms": rounded(quantile(times, 0.5)),
          "p95 ms": rounded(quantile(times, 0.95)),
          "p99 ms": rounded(quantile(times, 0.99)),
        });
      }
    }
    for (const one of capturers) if (one.name !== BARE_INSERT) insistOnLeads(one, answered.get(one.name) ?? 0);
    const foyer = ratios.get(`${FOYER} 16`) as number;
    const byHand = foyer / (ratios.get(`${BY_HAND} 16`) as number);
    return {
      tables: [{ title: "a capture, whole", notes: NOTES, rows }],
      goals: [
        { what: "captures of bare inserts, 16 connections", measured: foyer, bound: "at least", goal: 0.45 },
        { what: "captures of the same batch by hand, 16 connections", measured: byHand, bound: "at least", goal: 0.85 },
      ],
    };
  } finally {
    await Promise.all(capturers.map(({ end }) => end()));
  }
};

interface Measuring {
  width: number;
  bench: Bench;
  /** How many leads each has said that it took. */
  answered: Map<string, number>;
}

async function measure(capturers: Capturer[], { width, bench, answered }: Measuring): Promise<Map<string, Driven[]>> {
  const driven = new Map<string, Driven[]>(capturers.map(({ name }) => [name, []]));
  const ask = captureOf(bench.world.formId);
  const ms = bench.isQuick ? ROUND_MS / 5 : ROUND_MS;
  const once = async ({ name, url }: Capturer, forMs: number) => {
    const round = await drive(url, { width, until: { ms: forMs }, ask });
    answered.set(name, (answered.get(name) ?? 0) + round.times.length);
    return round;
  };
  for (const one of capturers) await once(one, ms / 3);
  await inRounds(capturers, bench.isQuick ? 1 : ROUNDS, async (one) => {
    driven.get(one.name)?.push(await once(one, ms));
  });
  return driven;
}
