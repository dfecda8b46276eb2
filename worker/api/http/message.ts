/** Answers of the APIs whose documents name statuses and no form for what went wrong. */

/** `{"message": …}`, kept by nobody: what is asked for here is personal. */
export const message = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  Response.json({ message: text }, { status, headers: { "cache-control": "no-store", ...headers } });
