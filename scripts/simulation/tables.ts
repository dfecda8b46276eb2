/** What the simulation prints: each table one question that docs/scale.md answers. */
import { quantile } from "../../test/load/drive.ts";
import { rounded, type Table } from "../../test/load/report.ts";
import { type Assumptions, PEAK, WRITES } from "./assumptions.ts";
import { randomOf } from "./chance.ts";
import { arrivalsAt, costsOf, type Outcome, ratesOf, runDays, runHot } from "./days.ts";
import { sharesOf } from "./load.ts";
import { throughQueue } from "./queued.ts";
import { ownReads } from "./reads.ts";
import { type Day, runDay } from "./writer.ts";

const DATABASES = [1, 4, 16, 32, 64];
/** For questions that are asked of one number of them. */
const CHOSEN = 64;

const percent = (share: number): string => `${rounded(share * 100)} %`;
const ms = (values: number[], share: number): number => rounded(quantile(values, share));
const seconds = (values: number[], share: number): number => rounded(quantile(values, share) / 1_000);
const last = (values: number[]): number => rounded(values.reduce((most, value) => Math.max(most, value), 0) / 1_000);

function answeredOf({ hot, others }: Outcome) {
  const elsewhere = others.flatMap((day) => day.answered);
  return { all: elsewhere.concat(hot.answered), elsewhere };
}

/** Captures at the writer in the busiest hour, by the number of databases. */
export function writers(a: Assumptions): Table[] {
  return WRITES.map(({ name, ms: writeMs }) => ({
    title: `the busiest hour, a batch takes ${name}`,
    notes: [
      `${rounded((PEAK * a.leadsPerYear) / 31_536_000)} captures a second, ${a.campaign.capturesPerSecond} more for ${a.campaign.minutes} minutes: the largest organization's campaign.`,
      "Milliseconds at the database, without the way there. Hot: the database that has the campaign. Refused: of the attempts.",
    ],
    rows: DATABASES.map((databases) => {
      const outcome = runDays(a, { databases, writeMs });
      const { all, elsewhere } = answeredOf(outcome);
      return {
        databases,
        "hot, busy": percent(outcome.hot.busy),
        "busiest minute": percent(outcome.hot.busiestMinute),
        p50: ms(all, 0.5),
        p99: ms(all, 0.99),
        "p99.9": ms(all, 0.999),
        refused: percent(refusedShare(outcome)),
        "p99 elsewhere": databases === 1 ? undefined : ms(elsewhere, 0.99),
      };
    }),
  }));
}

const refusedShare = ({ hot, others }: Outcome): number => {
  const days = [hot, ...others];
  const count = (of: (day: Day) => number) => days.reduce((sum, day) => sum + of(day), 0);
  return count((day) => day.refused) / count((day) => day.attempts);
};

/** What replicas take off the primary, and what they cost who has just written. */
export function replicas(a: Assumptions): Table[] {
  const rows = [1, CHOSEN].flatMap((databases) =>
    [0, 0.5, 0.9].map((atReplicas) => {
      const hot = runHot(a, { databases, writeMs: WRITES[0].ms, atReplicas });
      const busiest = percent(hot.busiestMinute);
      return {
        databases,
        "reads at replicas": percent(atReplicas),
        "hot, busy": percent(hot.busy),
        "busiest minute": busiest,
      };
    }),
  );
  const waits = [true, false].map((near) => {
    const { late, waits: all } = ownReads(20_000, near, randomOf(a.seed, `reads ${near}`));
    const places = { "replica on": near ? "the same continent" : "another one", behind: percent(late) };
    return { ...places, "wait p50 ms": ms(all, 0.5), "wait p99 ms": ms(all, 0.99) };
  });
  return [
    { title: "reads at replicas", notes: [`${WRITES[0].name} a batch.`], rows },
    { title: "who reads what they have just written, with its bookmark", rows: waits },
  ];
}

/** Straight to the database, or through a queue: in the campaign, and over an outage. */
export function queues(a: Assumptions): Table {
  const [share = 0] = sharesOf(a);
  const rates = { ...ratesOf(a, share, true), changes: 0, reads: 0 };
  const captures = [...arrivalsAt(a, 0, rates)];
  const times = captures.map(({ at }) => at);
  const rows = WRITES.flatMap(({ name, ms: writeMs }) =>
    [false, true].flatMap((outage) => {
      const costs = costsOf(a, writeMs, outage);
      const what = { batch: name, "writer down": outage ? `${a.outageMinutes} min` : "no" };
      const straight = runDay(captures, costs, randomOf(a.seed, "straight"));
      const queued = throughQueue(times, costs, randomOf(a.seed, "queue"));
      const refused = straight.refused / straight.attempts;
      return [
        { ...what, way: "straight", ...told(straight.answered, straight.stands), refused: percent(refused), twice: 0 },
        { ...what, way: "queue", ...told(queued.thanked, queued.stands), refused: percent(0), twice: queued.twice },
      ];
    }),
  );
  const notes = [
    "The largest organization alone in its database, with its campaign; the outage is before that.",
    "Thanked: of the attempt that was taken, in ms. Stands: from the first attempt, in seconds.",
  ];
  return { title: "straight, or through a queue", notes, rows };
}

const told = (thanked: number[], stands: number[]) => ({
  "thanked p50": ms(thanked, 0.5),
  "thanked p99": ms(thanked, 0.99),
  "stands p50": seconds(stands, 0.5),
  "stands p99": seconds(stands, 0.99),
  last: last(stands),
});
