/** A browser's own word on which page a request comes from (Sec-Fetch-Site, Origin). */

/** Whether it is ours. Also where there is no word at all: who sends neither is no browser, or an old one that reads. */
export function isFromOurPage(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site !== null && site !== "same-origin") return false;
  return origin === null || origin === new URL(request.url).origin;
}
