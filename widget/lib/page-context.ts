import type { CaptureRequest } from "../../shared/capture-api.ts";

/** Where the visitor is; empty texts where the page has none. No fragment, which may hold another program's tokens. */
export function pageContext(): NonNullable<CaptureRequest["page"]> {
  return {
    url: location.href.split("#")[0],
    title: document.title,
    referrer: document.referrer,
  };
}

/** The value of a query parameter in the first of these addresses that has one. */
export function queryValue(name: string, ...addresses: string[]): string | undefined {
  for (const address of addresses) {
    const value = new URL(address).searchParams.get(name);
    if (value) return value;
  }
}

/** The address at which the visitor arrived: single-page sites have another one by now. */
export const arrival = (): string => performance.getEntriesByType("navigation")[0]?.name ?? location.href;

/** The value of a query parameter of the page, else of the address at which the visitor arrived. */
export const pageQuery = (name: string): string | undefined => queryValue(name, location.href, arrival());
