/** The table of who may import whom, held by the linter: every forbidden arrow is drawn here once, and refused. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

type Arrow = [from: string, to: string];

const FORBIDDEN: Arrow[] = [
  ["shared", "../worker/env.ts"],
  ["shared", "preact"],
  ["widget/form", "../../worker/env.ts"],
  ["widget/form", "zod/mini"],
  ["widget/loader", "preact"],
  ["widget/loader", "../form/outbox.ts"],
  ["widget/lib", "../app/mount.tsx"],
  ["inbox", "../widget/lib/uuid.ts"],
  ["inbox", "../worker/services/live.ts"],
  ["worker/domain", "../store/d1.ts"],
  ["worker/domain", "hono"],
  ["worker/domain", "node:crypto"],
  ["worker/store", "../services/context.ts"],
  ["worker/store", "hono"],
  ["worker/services", "../api/http/app.ts"],
  ["worker/services", "../index.ts"],
  ["worker/services", "../../widget/lib/uuid.ts"],
  ["worker/api/org-user", "../../store/d1.ts"],
  ["worker/api/org-user", "../capture/body.ts"],
  ["worker/api/org-user", "../../index.ts"],
  ["worker/api/http", "../org-user/errors.ts"],
  ["worker/api/http", "../../store/d1.ts"],
  ["worker/api/operators", "../admin/access.ts"],
  ["worker/api/admin", "../operators/access.ts"],
  ["worker/api/operators", "../../chat/inbox.ts"],
  ["worker/mail", "../store/d1.ts"],
  ["worker/mail", "../api/unsorted/routes.ts"],
  ["worker/mail", "hono"],
  ["worker/chat", "../store/d1.ts"],
  ["worker/chat", "../api/capture/visit.ts"],
  ["worker/services", "../chat/room.ts"],
  ["worker/api/org-user", "../../chat/room.ts"],
];
const ALLOWED: Arrow[] = [
  ["shared", "./limits.ts"],
  ["shared", "zod/mini"],
  ["widget/form", "preact"],
  ["widget/form", "../../shared/answers.ts"],
  ["widget/loader", "../lib/uuid.ts"],
  ["inbox", "../shared/chat-frames.ts"],
  ["inbox", "preact"],
  ["worker/domain", "../../shared/limits.ts"],
  ["worker/store", "../domain/lead.ts"],
  ["worker/services", "../store/d1.ts"],
  ["worker/api/org-user", "../http/app.ts"],
  ["worker/api/org-user", "../../services/get-lead.ts"],
  ["worker/mail", "../services/receive-mail.ts"],
  ["worker/mail", "../api/http/app.ts"],
  ["worker/chat", "../services/save-room.ts"],
  ["worker/chat", "../api/http/log.ts"],
];

let house: string;
let refused: Set<string>;
const probe = ([from, to]: Arrow): string => `${from}/probe-${to.replace(/\W+/g, "-")}.ts`;

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), "foyer-lint-"));
  await cp("biome.json", join(house, "biome.json"));
  // The linter takes an empty one for none.
  await writeFile(join(house, ".gitignore"), "dist/\n");
  for (const arrow of [...FORBIDDEN, ...ALLOWED]) {
    const file = join(house, probe(arrow));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `import { thing } from "${arrow[1]}";\nexport const other = thing;\n`);
  }
  const run = promisify(execFile)(
    process.execPath,
    [resolve("node_modules/@biomejs/biome/bin/biome"), "lint", "--reporter=github", "--max-diagnostics=none"],
    { cwd: house },
  );
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const found = stdout.split("\n").filter((line) => line.includes("noRestrictedImports"));
  refused = new Set([...FORBIDDEN, ...ALLOWED].map(probe).filter((file) => found.some((line) => line.includes(file))));
});
afterAll(() => rm(house, { recursive: true, force: true }));

test.for(FORBIDDEN)("%s must not import %s", (arrow) => {
  expect([...refused]).toContain(probe(arrow));
});

test.for(ALLOWED)("%s may import %s", (arrow) => {
  expect([...refused]).not.toContain(probe(arrow));
});
