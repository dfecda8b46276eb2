/**
 * The same captures with a queue before the writer: the visitor is thanked once the queue has them, the writer takes
 * batches. Queues deliver at least once, so what comes twice costs the writer again and is told apart by its key.
 */
import { QUEUE } from "./assumptions.ts";
import { lognormal, type Random } from "./chance.ts";

export interface Queued {
  /** Of a lead, in ms: until the visitor is thanked, and until it stands. */
  thanked: number[];
  stands: number[];
  batches: number;
  /** Delivered more than once. */
  twice: number;
}
interface Consumer {
  writeMs: number;
  spread: number;
  outage?: { from: number; to: number };
}

/** @param arrivals in ms, in their order. One consumer: the writer does one thing at a time anyway. */
export function throughQueue(arrivals: number[], { writeMs, spread, outage }: Consumer, random: Random): Queued {
  const thanked = arrivals.map(() => lognormal(random, QUEUE.sendMs, QUEUE.sendSpread));
  const ready = arrivals.map((at, index) => at + (thanked[index] ?? 0)).sort((a, b) => a - b);
  const stands: number[] = [];
  let [free, batches, twice] = [0, 0, 0];
  for (let next = 0; next < ready.length; ) {
    const first = ready[next] as number;
    const full = ready[next + QUEUE.batch - 1] ?? Number.POSITIVE_INFINITY;
    const start = Math.max(free, Math.min(full, first + QUEUE.batchWaitMs));
    let end = next;
    while (end < ready.length && end - next < QUEUE.batch && (ready[end] as number) <= start) end += 1;
    batches += 1;
    if (outage && start >= outage.from && start < outage.to) {
      free = start + QUEUE.retryDelayMs;
      twice += end - next;
      continue;
    }
    free = start;
    for (; next < end; next += 1) {
      const again = random() < QUEUE.twice;
      if (again) twice += 1;
      for (let times = again ? 2 : 1; times > 0; times -= 1) free += lognormal(random, writeMs, spread);
      stands.push(free - (ready[next] as number) + QUEUE.sendMs);
    }
  }
  return { thanked, stands, batches, twice };
}
