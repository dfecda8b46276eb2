import type { Instance, Told } from "../lib/instance.ts";
import css from "./launcher.css?inline";

/** What an inline form takes up until it is there, so that the page does not jump. */
const INLINE_HEIGHT_PX = 480;

/** The folder of foyer.js, with a slash at its end. */
export const baseOf = (script: HTMLScriptElement): string => new URL(".", script.src).href;

/** Makes the widget of a script tag, without putting it anywhere yet. */
export function createWidget(script: HTMLScriptElement, place: string, told: readonly Told[]): Instance {
  const settings = { ...script.dataset };
  const { form = "", mode, label, height = INLINE_HEIGHT_PX, style = "" } = settings;
  const host = document.createElement("foyer-form");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  // Whatever the page says of unknown, empty or all elements: this one is there, and has no looks of its own. Through
  // the CSSOM, which a strict policy allows; `data-style` may set the variables `--foyer-*`.
  host.style.cssText = `all:unset!important;display:block!important;${style}`;
  let launcher: HTMLButtonElement | undefined;
  if (mode === "inline") host.style.setProperty("min-height", `${height}px`, "important");
  else {
    host.role = "complementary";
    // Its words are seen only where the page has given some; until the form is there, and with it words of its own,
    // it has a name that most visitors understand.
    launcher = document.createElement("button");
    launcher.ariaHasPopup = "dialog";
    launcher.ariaExpanded = "false";
    if (label) launcher.append(label);
    else launcher.ariaLabel = "Contact us";
    root.append(launcher);
  }
  return {
    form,
    place,
    base: baseOf(script),
    host,
    root,
    launcher,
    settings,
    search: location.search,
    stop: new AbortController(),
    told,
    failures: 0,
  };
}

/** Puts a widget where its script tag says, unless it is there. Does nothing where there is no such place. */
export function placeWidget({ host, place, launcher }: Instance, script: HTMLScriptElement): void {
  if (host.isConnected) return;
  // Beside the body: single-page sites swap that, and the launcher is the last stop of the Tab key.
  if (launcher) document.documentElement.append(host);
  else if (place) document.querySelector(place)?.append(host);
  else script.after(host);
}
