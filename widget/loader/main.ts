/**
 * foyer.js: the script tag's own file. Reads its `data-*`, stands the launcher or keeps the form's place, queues the
 * page's calls, and fetches the app only when the visitor is about to use it. No framework, no request before intent,
 * and it writes nothing anywhere. One copy serves all the script tags of a page.
 */
import type { Told } from "../lib/instance.ts";
import { type Api, createApi, resendLater } from "./api.ts";

const script = document.currentScript as HTMLScriptElement | null;
if (script?.dataset.form) {
  const found = window.foyer as (Api & Told[]) | undefined;
  if (found?.add) found.add(script);
  else {
    const api = createApi();
    window.foyer = api;
    api.add(script);
    found?.forEach(api.push);
    resendLater(script);
  }
}
