/** Properties on a machine that is busy: fewer runs, never a run that is left behind to write into the next test's database. */

/** @returns the predicate, which holds without a look once the time is over; what has begun is always ended. */
export function until<T extends unknown[]>(ms: number, run: (...values: T) => Promise<void>) {
  const end = Date.now() + ms;
  return async (...values: T): Promise<void> => {
    if (Date.now() < end) await run(...values);
  };
}
