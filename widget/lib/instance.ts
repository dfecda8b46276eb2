/**
 * One widget on a page: what the loader makes and the app chunk takes over. Mostly types, so that the two, which
 * are built apart, cannot disagree. All state of a form hangs on its instance; the page holds nothing but the list.
 */

/** What `set` can change after the fact; the same words as the script tag's `data-*`. */
export interface Settings {
  locale?: string;
  theme?: string;
}

/**
 * What a page has told its widgets, word for word: `["close", form?]`, `["prefill", values, form?]`, `["identify", person, form?]`,
 * `["set", settings, form?]`, `["on", event, heard, form?]`. The app sorts out what is for its form.
 */
export type Told = unknown[];

/** `toggle`: the launcher was pressed. `quietly`: nobody asked, so it opens once and leaves the focus where it is. */
export type Manner = "toggle" | "quietly";

/** The app's half of a widget. After `destroy` it does nothing. */
export interface App {
  /** Opens the popup, or goes to the inline form. */
  open(manner?: Manner): void;
  /** Hears what the page says from now on. */
  tell(told: Told): void;
}

export interface Instance {
  /** Where the widget's settings are: `data-*`, as `set` has changed them. */
  readonly script: HTMLScriptElement;
  /** Form, mode and target in one: in a place there is one widget. */
  readonly place: string;
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** There in popup mode only. */
  readonly launcher?: HTMLButtonElement;
  /** Aborted by `destroy`: whatever listens or waits, listens or waits with it. */
  readonly stop: AbortController;
  /** What the page has said so far, to whichever widget. */
  readonly told: readonly Told[];
  /** On its way, or there. */
  loading?: Promise<void>;
  app?: App;
}

/** What the app chunk exports to the loader. */
export interface AppModule {
  /** Builds the form inside the instance's shadow root and starts loading it. */
  mount(instance: Instance): App;
  /**
   * Goes on with what an earlier page has left: sends to the first widget's server what could not be sent, repeating it
   * until it is answered, and loads those whose chat has not ended.
   */
  resume(all: Instance[], load: (instance: Instance) => unknown): void;
}

/** The server's root, with a slash at its end: the script's folder, whatever it is called there, or above `v/<version>/`. */
export const homeOf = (script: HTMLScriptElement): string => script.src.replace(/(v\/[^/]+\/)?[^/]*$/, "");

/** How the outbox names its entries in localStorage. */
export const OUTBOX_PREFIX = "foyer:out:";
/** How a form's chat is named there; see `widget/chat/kept.ts`. */
export const CHAT_PREFIX = "foyer:open:";
/** Both, for the loader, which only looks whether there is one. */
export const LEFT_BEHIND = /foyer:o/;
