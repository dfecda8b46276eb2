/**
 * Types of the widget's API, for pages written in TypeScript. Copy it, or fetch it beside foyer.js:
 *
 *     /// <reference path="./foyer.d.ts" />
 *     window.foyer = window.foyer || [];
 *     window.foyer.push(["on", "sent", ({ lead }) => …]);
 */

/** `chat-start`: the visitor has said something first; `message`: somebody, or the form itself, has said something to them. */
export type FoyerEventName =
  | ("ready" | "open" | "close" | "submit" | "sent" | "duplicate" | "error")
  | ("chat-start" | "message");

/** Never holds anything that the visitor typed. */
export interface FoyerEventDetail {
  /** The form's id. */
  form: string;
  /** The lead's id, with `sent`. */
  lead?: string;
  /** With `error`: `load`, or the stable part of the problem's type, such as `invalid-fields`. */
  reason?: string;
}

export interface FoyerSettings {
  locale?: string;
  /** `light`, `dark`, `auto` or `host`. */
  theme?: string;
}

/** Values by the fields' names. */
export type FoyerValues = Record<string, unknown>;

/** `id` goes with the lead as its visitor; `name`, `email`, `phone` and the like prefill. */
export interface FoyerPerson {
  id?: string;
  name?: string;
  email?: string;
  phone?: string;
  [field: string]: unknown;
}

/** What `push` takes; the last value names one form, and may be left out. */
export type FoyerCall =
  | ["open" | "close" | "destroy", form?: string]
  | ["prefill", values: FoyerValues, form?: string]
  | ["identify", person: FoyerPerson, form?: string]
  | ["set", settings: FoyerSettings, form?: string]
  | ["on", event: FoyerEventName, heard: (detail: FoyerEventDetail) => void, form?: string]
  | ["add", script: HTMLScriptElement];

/** `window.foyer` as soon as the script is there. Each call may name a form by its id; without one it means all. */
export interface Foyer {
  /** Opens the popup, or goes to the inline form; without a form the first one of the page. */
  open(form?: string): void;
  close(form?: string): void;
  /** Takes the widget off the page, with every listener, and forgets what the page has told it. */
  destroy(form?: string): void;
  /** Fills fields by name, where the visitor has not typed. */
  prefill(values: FoyerValues, form?: string): void;
  identify(person: FoyerPerson, form?: string): void;
  set(settings: FoyerSettings, form?: string): void;
  /** Calls back on an event, until the widget is destroyed. */
  on(event: FoyerEventName, heard: (detail: FoyerEventDetail) => void, form?: string): void;
  /** One call as a list: works before the script is there, and after. */
  push(call: FoyerCall): void;
  /** Makes the widget of a script tag, once for each form and place. */
  add(script: HTMLScriptElement): void;
}

/** Before the script is there, the page's own list of calls. */
export type FoyerQueue = Foyer | FoyerCall[];

/** The `data-*` of the script tag, for JSX: `<script async src={src} {...attributes} />`. */
export interface FoyerScriptAttributes {
  "data-form": string;
  "data-mode"?: "popup" | "inline";
  "data-target"?: string;
  "data-height"?: number | string;
  "data-theme"?: "light" | "dark" | "auto" | "host";
  "data-open-on"?: string;
  "data-label"?: string;
  "data-failed"?: string;
  "data-locale"?: string;
  "data-style"?: string;
}

declare global {
  interface Window {
    foyer?: FoyerQueue;
  }
  /** Fired on the `foyer-form` element, from where they bubble to the document. */
  interface DocumentEventMap {
    "foyer:ready": CustomEvent<FoyerEventDetail>;
    "foyer:open": CustomEvent<FoyerEventDetail>;
    "foyer:close": CustomEvent<FoyerEventDetail>;
    "foyer:submit": CustomEvent<FoyerEventDetail>;
    "foyer:sent": CustomEvent<FoyerEventDetail>;
    "foyer:duplicate": CustomEvent<FoyerEventDetail>;
    "foyer:error": CustomEvent<FoyerEventDetail>;
    "foyer:chat-start": CustomEvent<FoyerEventDetail>;
    "foyer:message": CustomEvent<FoyerEventDetail>;
  }
}
