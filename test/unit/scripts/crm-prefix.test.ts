/** The address of the CRM is the deployment's: the built Worker reads it when it starts. */
import { expect, test, vi } from "vitest";
import { startServer } from "../../support/server.ts";

// A server starts in seconds; a busy machine may take several times as long.
vi.setConfig({ testTimeout: 120_000 });

test("FOYER_CRM_PREFIX says where the CRM stands", async () => {
  const server = await startServer({ vars: { FOYER_CRM_PREFIX: "/crm/v2/" } });
  try {
    const status = async (path: string) => (await fetch(`${server.url}${path}`)).status;
    expect(await status("/crm/v2/leads/list/")).toBe(401);
    expect(await status("/crm/v2/v1/leads/create/lead/")).toBe(401);
    expect(await status("/api/v1/leads/list/")).toBe(404);
    expect(await status("/healthz")).toBe(200);
  } finally {
    await server.stop();
  }
});
