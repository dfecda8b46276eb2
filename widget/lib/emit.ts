/** Tells the page what happened. Never with anything that the visitor typed. */

export type EventName =
  | "ready"
  | "open"
  | "close"
  | "submit"
  | "sent"
  | "duplicate"
  | "error"
  | "chat-start"
  | "message";

export interface EventDetail {
  /** The form's id. */
  form: string;
  /** The lead's id, with `sent`. */
  lead?: string;
  /** With `error`: `load`, or the stable part of the problem's type, e.g. `invalid-fields`. */
  reason?: string;
}

/**
 * Fires `foyer:<name>` on the host element, from where it bubbles to the document, and pushes it to the page's
 * `dataLayer` where there is one. A listener that throws is the page's own matter and reaches `window.onerror`.
 */
export function emit(host: HTMLElement, name: EventName, detail: EventDetail): void {
  const event = `foyer:${name}`;
  host.dispatchEvent(new CustomEvent(event, { bubbles: true, composed: true, detail }));
  const layer = window.dataLayer as { push?: (entry: object) => void } | undefined;
  layer?.push?.({ event, ...detail });
}
