/** A stand-in for Cloudflare: the script that asks the visitor, and the server that knows what they answered. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export const SITE_KEY = "0x-site";
export const SECRET = "0x-secret";

/** Draws a button in its place and waits for it, as Turnstile does where it is in doubt. */
const SCRIPT = `window.turnstile = {
  render(box, options) {
    options["before-interactive-callback"]();
    const button = document.createElement("button");
    button.textContent = "I am human";
    button.onclick = () => options.callback("token-of-" + options.sitekey);
    box.append(button);
    return "1";
  },
  remove() {},
};`;

export interface Cloudflare {
  url: string;
  /** What was asked of it: `GET /api.js`, or the words of a verification. */
  asked: string[];
  end(): Promise<void>;
}

export async function standInForCloudflare(): Promise<Cloudflare> {
  const asked: string[] = [];
  const server = createServer(async (request, answer) => {
    if (request.method === "GET") {
      asked.push(`GET ${request.url}`);
      answer.writeHead(200, { "content-type": "text/javascript" }).end(SCRIPT);
      return;
    }
    let body = "";
    for await (const chunk of request) body += chunk;
    asked.push(body);
    const { secret, response } = JSON.parse(body);
    const success = secret === SECRET && response === `token-of-${SITE_KEY}`;
    answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ success, "error-codes": [] }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    end: () => new Promise((closed) => server.close(() => closed())),
  };
}
