import type { CaptureRequest } from "../../shared/capture-api.ts";

/** Where the visitor is. Without the fragment, which may hold another program's tokens. */
export function pageContext(): NonNullable<CaptureRequest["page"]> {
  return {
    url: location.href.split("#")[0],
    title: document.title || undefined,
    referrer: document.referrer || undefined,
  };
}

/** The value of a query parameter in the first of these addresses that has one. */
export function queryValue(name: string, ...addresses: string[]): string | undefined {
  for (const address of addresses) {
    const value = new URL(address).searchParams.get(name);
    if (value) return value;
  }
  return undefined;
}
