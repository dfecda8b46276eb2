import type { PublicForm } from "../../shared/lead-fields.ts";
import type { Instance } from "../lib/instance.ts";
import { addStyles } from "./frame.ts";

/** `data-theme="host"`: the page's own font and colours. */
const HOST_THEME = ".panel{background:none;color:inherit;font-family:inherit}";

/**
 * Gives the widget the form's looks. As rules for `:host`, which yield to what the page says of the element, be it in
 * its stylesheet or in `data-style`; but not to the reset, hence `!important`.
 */
export function applyTheme({ root, launcher, script }: Instance, form?: PublicForm): void {
  const { scheme, accent, radius_px, position } = form?.theme ?? {};
  const { theme = scheme, label } = script.dataset;
  const colours = theme === "host" ? "inherit" : theme === "light" || theme === "dark" ? theme : "light dark";
  let css = `:host{color-scheme:${colours}!important;`;
  if (accent) css += `--foyer-accent:${accent};`;
  if (radius_px !== undefined) css += `--foyer-radius:${radius_px}px;`;
  if (position === "start") css += "--foyer-inline:20px auto;";
  addStyles(root, `${css}}${theme === "host" ? HOST_THEME : ""}`);
  const words = label ?? form?.texts.launcher;
  if (launcher && words) launcher.ariaLabel = launcher.textContent = words;
}
