/** Tables without chance: how databases fill, who is too large for one, and what a month costs. */
import { declaredCosts, PRICES } from "../../test/load/costs.ts";
import { rounded, type Table } from "../../test/load/report.ts";
import { type Assumptions, BYTES_PER_LEAD, CPU_MS_A_REQUEST, LIFE, NOTE_ROWS, REQUESTS_A_LEAD } from "./assumptions.ts";
import { randomOf } from "./chance.ts";
import { databasesFor, fullWith, LEADS_A_DATABASE, monthsUntilFull } from "./growth.ts";
import { placed, placedByTurn, sharesOf, sum } from "./load.ts";

const DATABASES = [1, 4, 16, 32, 64];
const RANKS = [1, 2, 3, 5, 10, 30, 100, 1_000];
const RETENTIONS = [12, 24];
const MILLION = 1e6;

/** By the number of databases, each organization placed by its size or by turn. */
export function growth(a: Assumptions): Table {
  const shares = sharesOf(a);
  const order = shuffled(shares.length, a.seed);
  const rows = DATABASES.flatMap((databases) =>
    [false, true].map((byTurn) => {
      const homes = byTurn ? placedByTurn(shares, databases, order) : placed(shares, databases);
      const loads = homes.map(sum).sort((x, y) => y - x);
      const fullest = (loads[0] ?? 0) * a.leadsPerYear;
      const middle = (loads[Math.floor(loads.length / 2)] ?? 0) * a.leadsPerYear;
      const kept = RETENTIONS.map((months) => [`${months} months kept`, times(fullWith(middle, months))]);
      return {
        databases,
        placed: byTurn ? "by turn" : "by size",
        "fullest, leads a year": Math.round(fullest),
        "full after months": rounded(monthsUntilFull(fullest)),
        "middle, leads a year": Math.round(middle),
        "full after months ": rounded(monthsUntilFull(middle)),
        ...Object.fromEntries(kept),
      };
    }),
  );
  const notes = [
    `${BYTES_PER_LEAD} bytes a lead; what is purged stays as rows today. Kept: how many times 10 GB the one in the middle would hold, were rows deleted after so long.`,
    `Spread evenly and at most seven tenths full: ${RETENTIONS.map((months) => `${databasesFor(a.leadsPerYear, months)} databases for ${months} months`).join(", ")}.`,
  ];
  return { title: "until 10 GB", notes, rows };
}

const times = (share: number): string => `${rounded(share)} x`;

/** Each organization lives in one database, whole: how long the largest can. */
export function largest(a: Assumptions): Table {
  const shares = sharesOf(a);
  const rows = RANKS.filter((rank) => rank <= shares.length).map((rank) => {
    const leads = (shares[rank - 1] ?? 0) * a.leadsPerYear;
    const months = (12 * LEADS_A_DATABASE) / leads;
    return { rank, "leads a year": Math.round(leads), "months in a database alone": rounded(months) };
  });
  const notes = [`Until it holds ${LEADS_A_DATABASE.toLocaleString("en")} leads, seven tenths of 10 GB.`];
  return { title: "organizations by their size", notes, rows };
}

/** At list prices, of the rows that SCHEMA.md declares. */
export function money(a: Assumptions): Table {
  const declared = new Map(declaredCosts().map((cost) => [cost.name, cost]));
  const leads = a.leadsPerYear / 12;
  const written = NOTE_ROWS + sum(LIFE.map(({ like, times: many }) => (declared.get(like)?.rowsWritten ?? 0) * many));
  const page = declared.get("page of 25")?.rowsRead ?? 0;
  const reads = pagesAMonth(a);
  const gigabytes = (a.leadsPerYear * BYTES_PER_LEAD) / 1e9;
  const requests = leads * REQUESTS_A_LEAD + reads;
  const rows: [string, number, number][] = [
    ["rows written", (leads * written) / MILLION, PRICES.millionRowsWritten],
    ["rows read", (reads * page) / MILLION, PRICES.millionRowsRead],
    ["GB kept, after a year", gigabytes, PRICES.gigabyteMonth],
    ["requests", requests / MILLION, PRICES.millionRequests],
    ["ms of CPU", (requests * CPU_MS_A_REQUEST) / MILLION, PRICES.millionCpuMs],
    ["news to inboxes, at most", leads / MILLION, PRICES.millionObjectRequests],
    ["with a queue: its operations", (3 * leads) / MILLION, PRICES.millionQueueOperations],
  ];
  return {
    title: "a month, in US dollars",
    notes: [
      `Of ${PRICES.asOf}, before what the plan includes. ${written} rows written in a lead's life. In millions, but GB.`,
    ],
    rows: rows.map(([what, many, price]) => {
      return { what, many: rounded(many), price, dollars: Math.round(many * price) };
    }),
  };
}

/** Agents at work for eight hours on 22 days. */
const pagesAMonth = (a: Assumptions): number => (a.agents * 22 * 8 * 3_600) / a.readEverySeconds;

function shuffled(many: number, seed: number): number[] {
  const random = randomOf(seed, "turn");
  const keys = Array.from({ length: many }, (_, index) => ({ index, key: random() }));
  return keys.sort((x, y) => x.key - y.key).map(({ index }) => index);
}
