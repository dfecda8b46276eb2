/**
 * foyer.js: the script tag's own file. Reads its `data-*`, stands the launcher or keeps the form's place, queues the
 * page's calls, and fetches the app only when the visitor is about to use it. No framework, no request before intent,
 * and it writes nothing anywhere. One copy serves all the script tags of a page.
 */
import type { Told } from "../lib/instance.ts";
import { type Api, createApi } from "./api.ts";
import { own } from "./load.ts";

if (own?.dataset.form) {
  const found = window.foyer as unknown as (Api & Told[]) | undefined;
  if (found?.add) found.add(own);
  else {
    const api = createApi();
    window.foyer = api;
    api.add(own);
    found?.forEach(api.push);
  }
}
