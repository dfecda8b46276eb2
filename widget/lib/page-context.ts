import type { CaptureRequest } from "../../shared/capture-api.ts";

/** Where the visitor is. Without the fragment, which may hold another program's tokens. */
export function pageContext(): NonNullable<CaptureRequest["page"]> {
  return {
    url: location.href.split("#")[0],
    title: document.title || undefined,
    referrer: document.referrer || undefined,
  };
}

/** The first value of a query parameter: of the page as it is now, else as the visitor arrived. */
export function queryValue(name: string, now: string, arrival: string): string | undefined {
  return new URLSearchParams(now).get(name) || new URLSearchParams(arrival).get(name) || undefined;
}
