import type { Instance, Told } from "../lib/instance.ts";
import css from "./launcher.css?inline";

/** Makes the widget of a script tag, without putting it anywhere yet. */
export function createWidget(script: HTMLScriptElement, place: string, told: readonly Told[]): Instance {
  const { mode, height = 480, style } = script.dataset;
  const inline = mode === "inline";
  const host = document.createElement("foyer-form");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  // Whatever the page says of unknown, empty or all elements: this one is there, and has no looks of its own. Through
  // the CSSOM, which a strict policy allows; `data-style` may set the variables `--foyer-*`, and a word alone is none. An inline form's room is
  // kept for it, so that the page does not jump.
  host.style.cssText = `all:unset!important;display:block!important;min-height:${inline ? height : 0}px!important;${style}`;
  let launcher: HTMLButtonElement | undefined;
  if (!inline) {
    host.role = "complementary";
    launcher = document.createElement("button");
    root.append(launcher);
  }
  const it = { script, place, host, root, launcher, stop: new AbortController(), told };
  label(it);
  return it;
}

/**
 * Words for the launcher, or for the place of an inline form. Where the page has given none the launcher shows none;
 * until the form is there, and with it words of its own, it has a name that most visitors understand.
 */
export function label({ launcher, root, script }: Instance, words = script.dataset.label): void {
  Object.assign(launcher ?? root, { textContent: words, ariaLabel: words ?? "Contact us" });
}

/** Puts a widget where a script tag says, unless it is there. Does nothing where there is no such place. */
export function placeWidget({ host, launcher }: Instance, script: HTMLScriptElement): void {
  const { target } = script.dataset;
  if (host.isConnected) return;
  // Beside the body: single-page sites swap that, and the launcher is the last stop of the Tab key.
  if (launcher) document.documentElement.append(host);
  else if (target) document.querySelector(target)?.append(host);
  else script.after(host);
}
