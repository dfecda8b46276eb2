/** Questions to the server, and its refusals in words. */
const TIMEOUT_MS = 20_000;

export type Answer<T> = { isOk: true; body: T } | { isOk: false; status: number; words: string };

/**
 * Asks the server. Never rejects; status 0: no answer.
 * @param path from the root of the server on.
 */
export type Ask = <T>(method: "GET" | "POST" | "DELETE", path: string, body?: object) => Promise<Answer<T>>;

export interface Api {
  /** Of the session; goes with everything that changes something. */
  csrf: string;
  ask: Ask;
}

export function createApi(): Api {
  const api: Api = {
    csrf: "",
    async ask<T>(method: string, path: string, body?: object): Promise<Answer<T>> {
      const headers = new Headers({ Accept: "application/json" });
      if (body) headers.set("Content-Type", "application/json");
      if (method !== "GET" && api.csrf) headers.set("X-CSRF-Token", api.csrf);
      try {
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal });
        const text = await answer.text();
        if (answer.ok) return { isOk: true, body: (text ? JSON.parse(text) : undefined) as T };
        return { isOk: false, status: answer.status, words: words(answer) };
      } catch {
        return { isOk: false, status: 0, words: "The server does not answer. Please try again." };
      }
    },
  };
  return api;
}

const WORDS: Record<number, string> = {
  401: "Please sign in again.",
  403: "That is not allowed: the organization's subscription may have ended.",
  404: "That is no longer there.",
  409: "Somebody was faster: it has changed meanwhile.",
  410: "This conversation has ended.",
  413: "That is too long.",
  429: "That was too much at once. Please try again",
};

function words({ status, headers }: Response): string {
  const known = WORDS[status];
  if (status === 429) return `${known} ${pauseIn(Number(headers.get("Retry-After")))}.`;
  return (
    known ?? (status < 500 ? "The server did not take that." : "The server cannot do it just now. Please try again.")
  );
}

/** @param seconds as Retry-After says them; 0 and NaN where it does not. */
export function pauseIn(seconds: number): string {
  if (!(seconds > 0)) return "later";
  if (seconds < 60) return `in ${plural(Math.ceil(seconds), "second")}`;
  return `in ${plural(Math.ceil(seconds / 60), "minute")}`;
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
