/**
 * foyer.js: the script tag's own file. Reads its `data-*`, stands the launcher or keeps the form's place, queues the
 * page's calls, and fetches the app only when the visitor is about to use it. No framework, no request before intent,
 * and it writes nothing anywhere. One copy serves all the script tags of a page.
 */
import type { Told } from "../lib/instance.ts";
import { type Api, createApi, resendLater } from "./api.ts";
import { baseOf } from "./widget.ts";

const script = document.currentScript as HTMLScriptElement | null;
if (script?.dataset.form) {
  const found = window.foyer as Api | Told[] | undefined;
  const api = found && "add" in found ? found : createApi();
  api.add(script);
  if (api !== found) {
    window.foyer = api;
    resendLater(baseOf(script));
    (found as Told[] | undefined)?.forEach(api.push);
  }
}
