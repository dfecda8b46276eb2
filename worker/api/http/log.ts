/**
 * The one place that writes logs: one JSON object a line, which the platform collects. A line says what was asked by its
 * route's pattern, never by its address, and has nothing that a visitor or caller sent: no words, no address, no secret.
 * Whatever is logged while a request is answered carries that request's id.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** As the deployment sets it: `errors` leaves out whatever is no failure. */
export interface LogSettings {
  FOYER_LOG?: string;
}
export type LogLevel = "info" | "warn" | "error";

/** What a database was asked while a request was answered. */
interface Usage {
  roundTrips: number;
  rowsRead: number;
  rowsWritten: number;
}

const requests = new AsyncLocalStorage<{ id: string; usage: Usage }>();

/** Does it under a request's id. */
export const underRequest = <T>(id: string, act: () => T): T =>
  requests.run({ id, usage: { roundTrips: 0, rowsRead: 0, rowsWritten: 0 } }, act);

/** Counts what a database was asked, where that was for a request. */
export function countUsage({ roundTrips, rowsRead, rowsWritten }: Usage): void {
  const usage = requests.getStore()?.usage;
  if (usage === undefined) return;
  usage.roundTrips += roundTrips;
  usage.rowsRead += rowsRead;
  usage.rowsWritten += rowsWritten;
}

/** What the databases were asked for this request up to now, as a part of its line. */
export function usageOfRequest(): Record<"d1_round_trips" | "d1_rows_read" | "d1_rows_written", number> {
  const usage = requests.getStore()?.usage;
  return {
    d1_round_trips: usage?.roundTrips ?? 0,
    d1_rows_read: usage?.rowsRead ?? 0,
    d1_rows_written: usage?.rowsWritten ?? 0,
  };
}

/** Writes a line. One below the deployment's level is left out; warnings never are. */
export function logLine(settings: LogSettings, level: LogLevel, line: Record<string, unknown>): void {
  if (level === "info" && settings.FOYER_LOG === "errors") return;
  const requestId = requests.getStore()?.id;
  const text = JSON.stringify({ level, ...(requestId === undefined ? {} : { request_id: requestId }), ...line });
  // biome-ignore lint/suspicious/noConsole: the platform collects logs from the console
  console[level](text);
}

/** An error's own words, and where it was. */
export function logError(error: unknown, where: { method: string; route: string }): void {
  const { name, message, stack } =
    error instanceof Error ? error : { name: "Error", message: "not an error", stack: "" };
  const places = (stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  // A parser's words quote what it could not read, and that is a stranger's.
  const words = name === "SyntaxError" ? "" : message;
  logLine({}, "error", { ...where, name, message: words, stack: places.join("\n") });
}

/** A socket that was opened, refused or has ended. `organization`: its number, where it is known by then. */
export function logSocket(
  settings: LogSettings,
  line: { object: "ChatRoom" | "Inbox"; socket: "open" | "refused" | "close"; organization?: number; code?: number },
): void {
  logLine(settings, "info", line);
}
