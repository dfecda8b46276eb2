/** Where a visitor came from, as the page and the platform tell it. */
import { UTM_LIMIT_CHARS } from "../../shared/limits.ts";

export interface Geography {
  country?: string;
  region?: string;
  city?: string;
  latitude?: string;
  longitude?: string;
  time_zone?: string;
}

/** What is known of a capture beside what was entered. Absent values are null. */
export interface Visit {
  visitorId: string | null;
  pageUrl: string | null;
  pageTitle: string | null;
  referrer: string | null;
  ip: string | null;
  geography: Geography | null;
  browser: string | null;
}

const UTM = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];

/** The campaign parameters of a page's address, without their prefix; null where there are none. */
export function utmOf(pageUrl: string | null): Record<string, string> | null {
  if (pageUrl === null || !URL.canParse(pageUrl)) return null;
  const query = new URL(pageUrl).searchParams;
  const found = UTM.flatMap((key) => {
    const value = query.get(key);
    return value ? [[key.slice("utm_".length), value.slice(0, UTM_LIMIT_CHARS)]] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : null;
}
