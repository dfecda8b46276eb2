/**
 * The one place that writes logs: one JSON object a line, which the platform collects. A line says what was asked by its
 * route's pattern, never by its address, and has nothing that a visitor or caller sent: no words, no address, no secret.
 * Whatever is logged while a request is answered carries that request's id.
 */
import { requestId } from "./request-scope.ts";

/** As the deployment sets it: `errors` leaves out whatever is no failure. */
export interface LogSettings {
  FOYER_LOG?: string;
}
export type LogLevel = "info" | "warn" | "error";

/** Whether lines of this level are wanted. */
export const isLogged = (settings: LogSettings, level: LogLevel): boolean =>
  level !== "info" || settings.FOYER_LOG !== "errors";

/** Writes a line. One below the deployment's level is left out; warnings never are. */
export function logLine(settings: LogSettings, level: LogLevel, line: Record<string, unknown>): void {
  if (!isLogged(settings, level)) return;
  const id = requestId();
  const text = JSON.stringify({ level, ...(id === undefined ? {} : { request_id: id }), ...line });
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
