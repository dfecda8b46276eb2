import type { Instance } from "../lib/instance.ts";
import css from "./app.css?inline";

/** Adds styles to an instance's shadow root, as a strict style policy allows. */
export function addStyles(root: ShadowRoot, text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  root.adoptedStyleSheets.push(sheet);
}

/** Puts the dialog of a popup, or the section of an inline form, into the shadow root. The app draws in there only. */
export function createFrame({ root, launcher }: Instance): HTMLElement {
  addStyles(root, css);
  const frame = Object.assign(document.createElement(launcher ? "dialog" : "section"), {
    className: "panel",
    part: "panel",
    tabIndex: -1,
  });
  frame.setAttribute("aria-labelledby", "title");
  root.append(frame);
  return frame;
}
