import type { Instance } from "../lib/instance.ts";

export interface Frame {
  /** The dialog of a popup, or the section of an inline form. The app draws into it and nowhere else. */
  frame: HTMLElement;
  /** Says aloud what happens while the visitor is elsewhere. */
  live: HTMLElement;
}

/** Puts the app's styles and its two elements into the instance's shadow root. */
export function createFrame({ root, launcher }: Instance, css: string): Frame {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const frame = document.createElement(launcher ? "dialog" : "section");
  frame.className = "panel";
  frame.setAttribute("part", "panel");
  frame.tabIndex = -1;
  const live = document.createElement("div");
  live.className = "unseen";
  live.setAttribute("role", "status");
  root.append(frame, live);
  return { frame, live };
}
