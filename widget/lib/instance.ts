/**
 * One widget on a page: what the loader makes and the app chunk takes over. Types only, so that the two, which are
 * built apart, cannot disagree. All state of a form hangs on its instance; the page holds nothing but the list.
 */

/** What `set` can change after the fact; the same words as the script tag's `data-*`. */
export interface Settings {
  locale?: string;
  theme?: string;
}

/**
 * What a page has told its widgets, word for word: `["prefill", values, form?]`, `["identify", person, form?]`,
 * `["set", settings, form?]`, `["on", event, heard, form?]`. The app sorts out what is for its form.
 */
export type Told = [command: string, ...values: unknown[]];

/** The app's half of a widget. */
export interface App {
  /** Opens the popup, or goes to the inline form. `quietly` leaves the focus where it is. */
  open(quietly: boolean): void;
  close(): void;
  /** Hears what the page says from now on. */
  tell(told: Told): void;
}

export interface Instance {
  readonly form: string;
  /** `popup`, the selector of an inline form's place, or nothing: where the script stands. A form is in a place once. */
  readonly place: string;
  /** The folder of foyer.js, with a slash at its end. Chunks and the API are beside it. */
  readonly base: string;
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** There in popup mode only. */
  readonly launcher?: HTMLButtonElement;
  /** The `data-*` of the script tag, as `set` has changed them. */
  readonly settings: Settings & DOMStringMap;
  /** The page's query string as the visitor arrived; single-page sites drop it later. */
  readonly search: string;
  /** Aborted by `destroy`: whatever listens or waits, listens or waits with it. */
  readonly stop: AbortController;
  /** What the page has said so far, to whichever widget. */
  readonly told: readonly Told[];
  /** On its way, or there. */
  loading?: Promise<void>;
  /** How often the app could not be fetched. */
  failures: number;
  app?: App;
  /** Whether it was to be open once: it does not open by itself again. */
  wanted?: boolean;
}

/** What the app chunk exports to the loader. */
export interface AppModule {
  /** Builds the form inside the instance's shadow root and starts loading it. */
  mount(instance: Instance): App;
  /** Sends what an earlier page could not. Settles nothing visible; repeats until answered. */
  flush(base: string): void;
}

/** How the outbox names its entries in localStorage; the loader only looks whether there is one. */
export const OUTBOX_PREFIX = "foyer:out:";
