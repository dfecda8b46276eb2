import type { PublicForm } from "../../shared/lead-fields.ts";
import type { Instance } from "../lib/instance.ts";

/**
 * Gives the widget its looks: the script tag's word before the form's. Through CSS variables on the host element, which
 * a page can override by its own `--foyer-*`, and through the CSSOM, which strict style policies allow.
 */
export function applyTheme({ host, launcher, settings }: Instance, form?: PublicForm): void {
  const { style } = host;
  const { scheme, accent, radius_px, position } = form?.theme ?? {};
  const theme = settings.theme ?? scheme ?? "auto";
  const colours = theme === "auto" ? "light dark" : theme === "host" ? "inherit" : theme;
  style.setProperty("color-scheme", colours, "important");
  host.setAttribute("theme", theme);
  if (accent && !style.getPropertyValue("--accent")) style.setProperty("--accent", accent);
  if (radius_px !== undefined) style.setProperty("--radius", `${radius_px}px`);
  if (position && !host.hasAttribute("position")) host.setAttribute("position", position);
  const label = form?.texts.launcher;
  if (label && launcher?.ariaLabel) {
    launcher.removeAttribute("aria-label");
    launcher.append(label);
  }
  // The room kept for an inline form is not needed any more once the form is there; but nothing jumps under the eyes.
  const { top, bottom } = host.getBoundingClientRect();
  if (form && (top > innerHeight || bottom < 0)) style.removeProperty("min-height");
}
