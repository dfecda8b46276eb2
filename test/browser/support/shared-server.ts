/** One server for all scenarios that need none of their own: each is another tenant's. Starts before the first of them. */
import type { TestProject } from "vitest/node";
import { startServer } from "../../support/server.ts";

declare module "vitest" {
  interface ProvidedContext {
    server: { url: string; rootToken: string };
  }
}

/** @returns its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, rootToken, stop } = await startServer();
  project.provide("server", { url, rootToken });
  return stop;
}
