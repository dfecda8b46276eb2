/**
 * What the simulation takes for granted, and where each figure is from; docs/scale.md discusses them. `npm run bench --
 * size` measures those that are ours. Whoever knows better changes them here and runs it again.
 */

export interface Assumptions {
  seed: number;
  organizations: number;
  leadsPerYear: number;
  /** The organization of rank k has a share like 1 / k to this power. */
  zipf: number;
  /** How much of the busiest hour is simulated, in minutes. */
  minutes: number;
  /** A campaign of the largest organization, in the middle of it. */
  campaign: { minutes: number; capturesPerSecond: number };
  /** People who work on leads, each of whom has a list drawn every so often. */
  agents: number;
  readEverySeconds: number;
  /** Batches that change a lead after its capture: accepted, picked, noted, closed. */
  changesPerLead: number;
  readMs: number;
  /** Of the time that a batch or a read takes: the spread of its logarithm. */
  serviceSpread: number;
  /** The database refuses what would wait longer. */
  patienceMs: number;
  outageMinutes: number;
}

export const ASSUMPTIONS: Assumptions = {
  seed: 1,
  organizations: 1_000,
  leadsPerYear: 100_000_000,
  zipf: 1,
  minutes: 60,
  campaign: { minutes: 10, capturesPerSecond: 250 },
  agents: 10_000,
  readEverySeconds: 30,
  changesPerLead: 4,
  // "less than a millisecond": Cloudflare's D1 limits page, of a select by an index.
  readMs: 0.5,
  serviceSpread: 0.5,
  // Cloudflare names no figure: it queues requests, and then refuses them as overloaded.
  patienceMs: 5_000,
  outageMinutes: 5,
};

/** Milliseconds of the writer a batch: as measured here, and the "several" that Cloudflare's D1 limits page speaks of. */
export const WRITES = [
  { name: "2 ms, as here", ms: 2 },
  { name: '5 ms, D1\'s "several"', ms: 5 },
] as const;

/** How much of a day's leads comes in each hour, and of a week's on each day from Monday on, in per cent. */
const HOURS = [
  1, 0.7, 0.5, 0.5, 0.6, 1, 2, 3.8, 6, 7.6, 8.4, 8.4, 7.4, 7.2, 7, 6.6, 6, 5.2, 4.6, 4.4, 4, 3.3, 2.3, 1.5,
];
const DAYS = [17.5, 17, 16.5, 16, 15, 9, 9];
/** A good month, of an average one. */
const SEASON = 1.2;

/** How many times the year's average come in, in the busiest hours of the busiest day. */
export const PEAK = SEASON * ((Math.max(...DAYS) * 7) / 100) * ((Math.max(...HOURS) * 24) / 100);

/** How many of the agents are at work then. */
export const AT_WORK = 0.8;

export const GIGABYTES_LIMIT = 10;
/** How full a database may plan to be: the rest is for campaigns, and for the weeks that moving somebody takes. */
export const FILL = 0.7;

/** Bytes of a closed lead, rows and indexes, once what expires in days is gone: `npm run bench -- size`. */
const FORM_BYTES = 2_300;
const CHAT_BYTES = 7_000;
const CHATS = 0.2;
export const BYTES_PER_LEAD = (1 - CHATS) * FORM_BYTES + CHATS * CHAT_BYTES;

/** Replica lag, of a replica on another continent: the median in ms, and the spread that fits p95 3.4 s and p99 6.1 s. */
export const LAG = { medianMs: 800, spread: 0.87 };
/** Reads that come after a write of the same person, and how long after it on average. */
export const OWN_READS = 0.1;
export const OWN_READ_AFTER_MS = 2_000;

/** A queue before the writer: Cloudflare's median of sending to it, its largest batch, and what we would set. */
export const QUEUE = {
  sendMs: 60,
  sendSpread: 0.6,
  batch: 100,
  batchWaitMs: 1_000,
  retryDelayMs: 10_000,
  twice: 0.001,
};

/** What a lead's life writes, as operations of SCHEMA.md's costs: accepting one is like picking it. */
export const LIFE = [
  { like: "capture", times: 1 },
  { like: "pick", times: 2 },
  { like: "close", times: 1 },
  { like: "purge", times: 1 },
];
/** And a note, as the log says of each request (`d1_rows_written`). */
export const NOTE_ROWS = 12;
/** The form's definition, the capture, and what people do with the lead. */
export const REQUESTS_A_LEAD = 10;
export const CPU_MS_A_REQUEST = 2;
