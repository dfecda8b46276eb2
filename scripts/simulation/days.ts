/** All databases through the same busiest hour, and what came of it. */

import { type Arrival, arrivalsOf, type Rates } from "./arrivals.ts";
import { type Assumptions, AT_WORK, PEAK } from "./assumptions.ts";
import { randomOf } from "./chance.ts";
import { placed, sharesOf, sum } from "./load.ts";
import { type Costs, type Day, runDay } from "./writer.ts";

const SECONDS_A_YEAR = 365 * 86_400;

export interface Scenario {
  databases: number;
  writeMs: number;
  /** Share of reads that no primary sees. */
  atReplicas?: number;
  outage?: boolean;
}
export interface Outcome {
  /** The one of the largest organization, and so of its campaign. */
  hot: Day;
  others: Day[];
}

/** When the campaign runs, in seconds. */
export function campaignOf({ minutes, campaign }: Assumptions): { from: number; to: number } {
  const from = ((minutes - campaign.minutes) / 2) * 60;
  return { from, to: from + campaign.minutes * 60 };
}

/** Of a database with such a share of all leads. @param isHot it has the campaign, too. */
export function ratesOf(a: Assumptions, share: number, isHot: boolean, atReplicas = 0): Rates {
  const captures = (share * PEAK * a.leadsPerYear) / SECONDS_A_YEAR;
  const { from, to } = campaignOf(a);
  return {
    captures: (second) => captures + (isHot && second >= from && second < to ? a.campaign.capturesPerSecond : 0),
    changes: captures * a.changesPerLead,
    reads: ((share * a.agents * AT_WORK) / a.readEverySeconds) * (1 - atReplicas),
  };
}

export function costsOf(a: Assumptions, writeMs: number, outage = false): Costs {
  const from = (a.minutes / 6) * 60_000;
  return {
    ...{ writeMs, readMs: a.readMs, spread: a.serviceSpread, patienceMs: a.patienceMs },
    ...(outage ? { outage: { from, to: from + a.outageMinutes * 60_000 } } : {}),
  };
}

/** The same, whatever the database takes for each: chance of its own. */
export const arrivalsAt = (a: Assumptions, number: number, rates: Rates): Iterable<Arrival> =>
  arrivalsOf(a.minutes * 60, rates, randomOf(a.seed, `arrivals ${number}`));

/** All databases by turn; the largest organization is in the first, since it is placed first. */
function* daysOf(a: Assumptions, { databases, writeMs, atReplicas = 0, outage = false }: Scenario): Generator<Day> {
  for (const [number, homes] of placed(sharesOf(a), databases).entries()) {
    const rates = ratesOf(a, sum(homes), number === 0, atReplicas);
    const costs = costsOf(a, writeMs, outage && number === 0);
    yield runDay(arrivalsAt(a, number, rates), costs, randomOf(a.seed, `service ${number}`));
  }
}

export function runDays(a: Assumptions, scenario: Scenario): Outcome {
  const [hot, ...others] = daysOf(a, scenario);
  return { hot: hot as Day, others };
}

/** The database with the campaign alone. */
export const runHot = (a: Assumptions, scenario: Scenario): Day => daysOf(a, scenario).next().value as Day;
