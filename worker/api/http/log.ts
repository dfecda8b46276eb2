/** The one place that writes logs. An error's own words, and where it was; nothing that a visitor sent. */
export function logError(error: unknown, where: { method: string; route: string }): void {
  const { name, message, stack } =
    error instanceof Error ? error : { name: "Error", message: "not an error", stack: "" };
  // biome-ignore lint/suspicious/noConsole: the platform collects logs from the console
  console.error(JSON.stringify({ level: "error", ...where, name, message, stack }));
}
