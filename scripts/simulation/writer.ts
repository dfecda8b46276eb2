/**
 * One database through its busiest hours: one thing at a time, in the order of their coming. What would wait too long, or
 * meets an outage, is refused with 503, and a visitor's page tries again as the widget does.
 */
import { retryDelayMs } from "../../widget/lib/retry-delay.ts";
import type { Arrival } from "./arrivals.ts";
import { lognormal, type Random } from "./chance.ts";

export interface Costs {
  writeMs: number;
  readMs: number;
  spread: number;
  patienceMs: number;
  /** From when to when nothing is answered, in ms. */
  outage?: { from: number; to: number };
}
export interface Day {
  /** Of each attempt that was taken, until it was done; of a lead, from its first attempt until it stands. In ms. */
  answered: number[];
  stands: number[];
  attempts: number;
  refused: number;
  /** Share of the busiest minute, and of all of them, in which it was at work. */
  busiestMinute: number;
  busy: number;
}
interface Retry {
  at: number;
  first: number;
  attempt: number;
}

/** @param arrivals of visitors and of everybody else; retries go on after them until all leads stand. */
export function runDay(arrivals: Iterable<Arrival>, costs: Costs, random: Random): Day {
  const writer = new Writer(costs, random);
  for (const { kind, at } of arrivals) {
    writer.retryUntil(at);
    if (kind === "capture") writer.capture({ at, first: at, attempt: 0 });
    else writer.serve(at, kind === "change" ? costs.writeMs : costs.readMs);
  }
  writer.retryUntil(Number.POSITIVE_INFINITY);
  return writer.day();
}

class Writer {
  readonly #costs: Costs;
  readonly #random: Random;
  readonly #retries: Retry[] = [];
  readonly #minutes: number[] = [];
  readonly #answered: number[] = [];
  readonly #stands: number[] = [];
  #free = 0;
  #attempts = 0;

  constructor(costs: Costs, random: Random) {
    this.#costs = costs;
    this.#random = random;
  }

  /** @returns when it is done, or null where it is refused. */
  serve(at: number, medianMs: number): number | null {
    const { outage, patienceMs, spread } = this.#costs;
    if (outage && at >= outage.from && at < outage.to) return null;
    const start = Math.max(at, this.#free);
    if (start - at > patienceMs) return null;
    const ms = lognormal(this.#random, medianMs, spread);
    this.#free = start + ms;
    const minute = Math.floor(start / 60_000);
    this.#minutes[minute] = (this.#minutes[minute] ?? 0) + ms;
    return this.#free;
  }

  capture({ at, first, attempt }: Retry): void {
    this.#attempts += 1;
    const done = this.serve(at, this.#costs.writeMs);
    if (done === null) {
      insert(this.#retries, { at: at + retryDelayMs(attempt, undefined, this.#random()), first, attempt: attempt + 1 });
    } else {
      this.#answered.push(done - at);
      this.#stands.push(done - first);
    }
  }

  retryUntil(at: number): void {
    for (let next = this.#retries[0]; next !== undefined && next.at <= at; next = this.#retries[0]) {
      takeFirst(this.#retries);
      this.capture(next);
    }
  }

  day(): Day {
    const minutes = Array.from(this.#minutes, (ms = 0) => ms / 60_000);
    return {
      ...{ answered: this.#answered, stands: this.#stands, attempts: this.#attempts },
      refused: this.#attempts - this.#answered.length,
      busiestMinute: Math.min(1, Math.max(0, ...minutes)),
      busy: minutes.reduce((sum, share) => sum + share, 0) / Math.max(1, minutes.length),
    };
  }
}

/** A heap by time, the earliest first. */
function insert(heap: Retry[], retry: Retry): void {
  let place = heap.push(retry) - 1;
  for (let parent = (place - 1) >> 1; place > 0 && at(heap, parent) > retry.at; parent = (place - 1) >> 1) {
    heap[place] = heap[parent] as Retry;
    place = parent;
  }
  heap[place] = retry;
}

function takeFirst(heap: Retry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    const child = at(heap, left + 1) < at(heap, left) ? left + 1 : left;
    if (at(heap, child) >= last.at) break;
    heap[place] = heap[child] as Retry;
    place = child;
  }
  heap[place] = last;
}

const at = (heap: Retry[], place: number): number => heap[place]?.at ?? Number.POSITIVE_INFINITY;
