/**
 * The theming page's own script: what the visitor chooses goes to the widgets of the page and into the lines to copy.
 * Served beside the widget, and no part of it.
 */
import type { Foyer } from "../foyer.d.ts";

const controls = document.querySelector<HTMLFormElement>("#looks");
const snippet = document.querySelector<HTMLElement>("#snippet");
const heard = document.querySelector("#heard");
const radiusSays = document.querySelector("#radius-says");
const DEFAULTS: Record<string, string> = { "--foyer-accent": "#14695b", "--foyer-radius": "12px" };
const EVENTS = ["ready", "open", "close", "submit", "sent", "duplicate", "error"] as const;

/** What is chosen and differs from the widget's own looks. */
function chosen(form: HTMLFormElement): { variables: Record<string, string>; theme: string } {
  const values = new FormData(form);
  const value = (name: string) => String(values.get(name) ?? "");
  const accent = value(value("accent") === "own" ? "own" : "accent");
  const all: Record<string, string> = { "--foyer-accent": accent, "--foyer-radius": `${value("radius")}px` };
  if (value("font")) all["--foyer-font"] = value("font");
  if (value("position") === "start") all["--foyer-inline"] = "20px auto";
  const differing = Object.entries(all).filter(([name, text]) => DEFAULTS[name] !== text);
  return { variables: Object.fromEntries(differing), theme: value("theme") };
}

/** What a site would put into its page for the same. */
function lines({ variables, theme }: ReturnType<typeof chosen>, { origin, form }: DOMStringMap): string {
  const rules = Object.entries(variables).map(([name, text]) => `  ${name}: ${text};`);
  const style = rules.length ? `<style>\nfoyer-form {\n${rules.join("\n")}\n}\n</style>\n` : "";
  const themed = theme === "auto" ? "" : ` data-theme="${theme}"`;
  return `${style}<script async src="${origin}/foyer.js" data-form="${form}"${themed}></script>`;
}

function show(): void {
  if (!controls || !snippet) return;
  const looks = chosen(controls);
  for (const host of document.querySelectorAll<HTMLElement>("foyer-form")) {
    for (const name of ["--foyer-accent", "--foyer-radius", "--foyer-font", "--foyer-inline"]) {
      host.style.setProperty(name, looks.variables[name] ?? null);
    }
  }
  (window.foyer as Foyer | undefined)?.set?.({ theme: looks.theme });
  snippet.textContent = lines(looks, snippet.dataset);
  if (radiusSays) radiusSays.textContent = `${new FormData(controls).get("radius")} px`;
}

controls?.addEventListener("input", ({ target }) => {
  const own = controls.querySelector<HTMLInputElement>("[name=accent][value=own]");
  if (own && target instanceof HTMLInputElement && target.name === "own") own.checked = true;
  show();
});
document
  .querySelector("#open")
  ?.addEventListener("click", () => (window.foyer as Foyer | undefined)?.open(snippet?.dataset.form));
for (const name of EVENTS) {
  document.addEventListener(`foyer:${name}`, (event) => {
    const { form: _, ...detail } = event.detail;
    if (heard) heard.textContent = `foyer:${name} ${JSON.stringify(detail)}`;
    // A form that has just come takes on what was chosen before.
    if (name === "ready") show();
  });
}
show();
