/**
 * What belongs to the request that is answered just now, wherever in the code that is: its id, what the databases were
 * asked for it, and where its sessions with them begin and have come to.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** What a database was asked while a request was answered. */
interface Usage {
  roundTrips: number;
  rowsRead: number;
  rowsWritten: number;
}

/** Sessions with databases, by their numbers: where they begin, and the bookmarks that they have come to. */
export interface Sessions {
  startOf(number: number): string;
  reached(number: number, bookmark: string): void;
  /** What is read may be a little old, unless the caller says how new it must be. To say before anything is asked. */
  startAnywhere(): void;
  /** The latest of each database that was asked, by its number. */
  bookmarks(): ReadonlyMap<number, string>;
}

interface Request {
  id: string;
  usage: Usage;
  sessions: Sessions | undefined;
}
const requests = new AsyncLocalStorage<Request>();

/** Does it under a request's id. @param sessions none: databases are asked without. */
export const underRequest = <T>(id: string, act: () => T, sessions?: Sessions): T =>
  requests.run({ id, usage: { roundTrips: 0, rowsRead: 0, rowsWritten: 0 }, sessions }, act);

/** undefined outside requests. */
export const requestId = (): string | undefined => requests.getStore()?.id;

/** What the door to a database asks of its surroundings. */
export const requestScope = {
  asker: (): Sessions | undefined => requests.getStore()?.sessions,
  /** Counts what a database was asked, where that was for a request. */
  tell({ roundTrips, rowsRead, rowsWritten }: Usage): void {
    const usage = requests.getStore()?.usage;
    if (usage === undefined) return;
    usage.roundTrips += roundTrips;
    usage.rowsRead += rowsRead;
    usage.rowsWritten += rowsWritten;
  },
};

/** This request's reads need not be the newest: a copy nearby may answer them. */
export const readAnywhere = (): void => requests.getStore()?.sessions?.startAnywhere();

/** What the databases were asked for this request up to now, as a part of its line. */
export function usageOfRequest(): Record<"d1_round_trips" | "d1_rows_read" | "d1_rows_written", number> {
  const usage = requests.getStore()?.usage;
  return {
    d1_round_trips: usage?.roundTrips ?? 0,
    d1_rows_read: usage?.rowsRead ?? 0,
    d1_rows_written: usage?.rowsWritten ?? 0,
  };
}
