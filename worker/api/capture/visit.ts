/** What the request itself tells of a visit: where from, and with what. */
import Bowser from "bowser";
import type { CaptureRequest } from "../../../shared/capture-api.ts";
import { CACHE_ENTRIES_LIMIT, URL_LIMIT_CHARS, USER_AGENT_LIMIT_CHARS } from "../../../shared/limits.ts";
import type { Geography, Visit } from "../../domain/visit.ts";
import { addressOf } from "../http/app.ts";

/** @param sent what the widget says of its page; without it, the Referer header is the page. */
export function visitOf(request: Request, sent: Pick<CaptureRequest, "page" | "visitor_id"> | null): Visit {
  const referer = request.headers.get("referer")?.slice(0, URL_LIMIT_CHARS) ?? null;
  return {
    visitorId: sent?.visitor_id ?? null,
    pageUrl: sent?.page?.url || referer,
    pageTitle: sent?.page?.title || null,
    referrer: sent?.page?.referrer || null,
    ip: addressOf(request),
    geography: geographyOf(request.cf as IncomingRequestCfProperties | undefined),
    browser: browserOf(request.headers.get("user-agent")),
  };
}

/** As the platform knows it; null where it knows nothing. */
function geographyOf(cf: IncomingRequestCfProperties | undefined): Geography | null {
  if (cf === undefined) return null;
  const geography: Geography = {
    country: cf.country,
    region: cf.region,
    city: cf.city,
    latitude: cf.latitude,
    longitude: cf.longitude,
    time_zone: cf.timezone,
  };
  return Object.values(geography).some((value) => value !== undefined) ? geography : null;
}

/** By what they call themselves: many visitors have the same, and it takes dozens of patterns to tell. */
const browsers = new Map<string, string | null>();

function browserOf(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const called = userAgent.slice(0, USER_AGENT_LIMIT_CHARS);
  const known = browsers.get(called);
  if (known !== undefined) return known;
  const name = Bowser.getParser(called).getBrowserName() || null;
  if (browsers.size >= CACHE_ENTRIES_LIMIT) browsers.clear();
  browsers.set(called, name);
  return name;
}
