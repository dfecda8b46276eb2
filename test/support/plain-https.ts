/** Public clients speak https to a host; the local edge speaks http on a port. Only the scheme and the port are stood in for. */
import http from "node:http";
import https from "node:https";

const LOOPBACK = "127.0.0.1";

/** While it is in force, https requests to 127.0.0.1 go to this port in plain text; all others are refused. @returns undo. */
export function plainHttps(port: number): () => void {
  const { fetch } = globalThis;
  const { request } = https;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol === "http:") return fetch(input, init);
    if (url.host !== LOOPBACK) throw new Error(`A client asked for ${url.host}.`);
    return fetch(`http://${LOOPBACK}:${port}${url.pathname}${url.search}`, init);
  };
  const standIn = (options: https.RequestOptions, onResponse: (response: http.IncomingMessage) => void) => {
    if (options.hostname !== LOOPBACK) throw new Error(`A client asked for ${options.hostname}.`);
    return http.request({ ...options, port }, onResponse);
  };
  https.request = standIn as typeof https.request;
  return () => {
    globalThis.fetch = fetch;
    https.request = request;
  };
}
