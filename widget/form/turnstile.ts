import type { Challenge } from "../../shared/capture-api.ts";
import type { FormCore } from "./state.ts";

interface Turnstile {
  render(box: HTMLElement, options: Record<string, unknown>): string;
  remove(id: string): void;
}
interface Page {
  turnstile?: Turnstile;
  trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): typeof rules };
}

/** Turnstile's own height, and room above and below. */
const roomOf = (height: number) => `display:block;min-height:${height}px;margin-top:16px;scroll-margin-bottom:24px`;
/** What its wide form needs, and the frame's padding. */
const WIDE_PX = 350;
/** Longer than anybody needs for a puzzle. */
const PATIENCE_MS = 120_000;

/** Fetches Turnstile, unless the page has it. As a script of ours, where the page's policy asks whose it is. */
function fetchScript(url: string, nonce: string): Promise<unknown> {
  const page = window as Page;
  return new Promise((there, failed) => {
    if (page.turnstile) return there(0);
    const tag = document.createElement("script");
    const rules = { createScriptURL: (url: string) => url };
    tag.src = (page.trustedTypes?.createPolicy("foyer", rules) ?? rules).createScriptURL(url);
    tag.nonce = nonce;
    tag.onload = there;
    tag.onerror = failed;
    document.head.append(tag);
  });
}

/**
 * Has Turnstile look at the visitor. It stands in the page's own document, where it expects to be, and is seen at the end
 * of the form, where it asks the visitor for anything.
 * @returns its token. Rejects where it cannot be had, does not like the visitor, or nobody helps it.
 */
export async function passTurnstile(
  { script, site_key: sitekey }: NonNullable<Challenge["turnstile"]>,
  { it, frame }: FormCore,
): Promise<string> {
  await fetchScript(script, it.script.nonce);
  const turnstile = (window as Page).turnstile as Turnstile;
  const box = document.createElement("div");
  const slot = document.createElement("slot");
  box.slot = slot.name = "check";
  it.host.append(box);
  frame.append(slot);
  const isNarrow = frame.clientWidth < WIDE_PX;
  let id = "";
  return new Promise<string>((callback, failed) => {
    setTimeout(failed, PATIENCE_MS);
    id = turnstile.render(box, {
      sitekey,
      callback,
      "error-callback": failed,
      "timeout-callback": failed,
      "unsupported-callback": failed,
      "before-interactive-callback": () => {
        box.style.cssText = roomOf(isNarrow ? 140 : 65);
        box.scrollIntoView({ block: "nearest" });
      },
      appearance: "interaction-only",
      size: isNarrow ? "compact" : "flexible",
      retry: "never",
      "response-field": false,
    });
  }).finally(() => {
    if (id) turnstile.remove(id);
    box.remove();
    slot.remove();
  });
}
