/** Real Chromium for the browser tests, quiet on the network: it looks up nothing that a test did not ask for. */
import { type Browser, chromium } from "playwright-core";
import { needChromium } from "../../scripts/lib/chromium.ts";

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: needChromium(),
    args: [
      // Chromium's own sandbox does not work for root, which containers are.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-gpu",
      "--disable-quic",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
