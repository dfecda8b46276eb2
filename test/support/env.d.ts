/** What `env` and `exports` of `cloudflare:workers` hold in tests: what the Worker has, and the migrations. */
declare namespace Cloudflare {
  type WorkerEnv = import("../../worker/env.ts").Env;
  interface Env extends WorkerEnv {
    FOYER_ROOT_TOKEN: string;
    FOYER_HMAC_KEYS: string;
    FOYER_JWT_KEYS: string;
    /** Not migrated, and not of every edge: see `shards.ts`. */
    DB_1?: D1Database;
    /** Read by vitest.config.ts, since the runtime sees no files. */
    TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
  }
  interface GlobalProps {
    mainModule: typeof import("../../worker/index.ts");
  }
}
