/**
 * Three kinds of tests, one run. `worker` runs inside workerd with a real D1, `node` runs plain modules and the
 * commands, `browser` drives real Chromium against the built server. Kinds run one after the other, and what times a
 * browser runs alone: a machine with two cores must not do that while it compiles a Worker.
 */
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const migrations = await readD1Migrations("worker/store/migrations");

/** Known to tests only. The server's own are made at its first start. */
const TEST_SECRETS = {
  FOYER_ROOT_TOKEN: "test-root-token-0123456789abcdefghijklmnopq",
  FOYER_V4_RATE: "off",
  FOYER_LOG: "errors",
  FOYER_HMAC_KEYS: "k1:dGVzdC1obWFjLWtleS0wMTIzNDU2Nzg5YWJjZGVmZ2g",
  FOYER_JWT_KEYS: "j1:dGVzdC1qd3Qta2V5LS0wMTIzNDU2Nzg5YWJjZGVmZ2g",
};

const BROWSER = {
  globalSetup: ["test/browser/support/shared-server.ts"],
  testTimeout: 30_000,
  hookTimeout: 60_000,
};
/** What times a browser, with nothing else beside it. */
const TIMED = "test/browser/15-page-speed/*.spec.ts";

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest({
            // The source, where wrangler.toml names what is made of it.
            main: "worker/index.ts",
            wrangler: { configPath: "wrangler.toml" },
            miniflare: {
              bindings: { ...TEST_SECRETS, TEST_MIGRATIONS: migrations },
              // For the tests that open an edge with two databases; nobody else's has it.
              d1Databases: { DB_1: "second" },
            },
          }),
        ],
        test: {
          name: "worker",
          include: [
            "test/unit/worker/**/*.test.ts",
            "test/contract/**/*.test.ts",
            "test/property/**/*.test.ts",
            "test/safety/**/*.test.ts",
          ],
          setupFiles: ["test/support/worker-setup.ts"],
          // Few workerd for all files: a fresh one a file costs 1.5 s, an emptied database 10 ms.
          isolate: false,
          maxWorkers: 2,
          // Hundreds of requests at once, on a machine that may be busy with something else.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        test: {
          name: "node",
          include: [
            "test/unit/{shared,widget,inbox,scripts,mail,clients}/**/*.test.{ts,tsx}",
            "test/types/**/*.test.ts",
            "test/crash/**/*.test.ts",
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Most of the time goes into waiting for commands.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...BROWSER,
          name: "browser",
          include: ["test/browser/**/*.spec.ts"],
          exclude: [TIMED],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      { test: { ...BROWSER, name: "timed", include: [TIMED], sequence: { groupOrder: 3 } } },
    ],
  },
});
