/**
 * `npm run bench`: how fast, as ratios to what the platform does at the least, measured in the same run. Prints a table.
 * Needs a quiet machine, and minutes.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { bareObject, type ChatFigures, KEEPING, measureChat, openBare, openRoom } from "../test/load/chat.ts";
import { openLocalEdge } from "../test/load/local-edge.ts";
import { adminClient } from "./lib/admin-client.ts";
import { needWidget } from "./lib/built-widget.ts";
import { chatForm } from "./lib/demo-forms.ts";
import { CommandError, command } from "./lib/fail.ts";
import { openSecrets, secretsFile } from "./lib/secrets.ts";
import { SUBSCRIBED_UNTIL } from "./lib/seed.ts";
import { migrate, watch, wrangler } from "./lib/wrangler.ts";

/** wrangler.toml's. */
const DATABASE = "00000000-0000-0000-0000-000000000000";

await command(async () => {
  const folder = mkdtempSync(join(tmpdir(), "foyer-bundle-"));
  try {
    await needWidget();
    await bundle(folder);
    print([await bareChat("bare object", ""), await bareChat("bare object that keeps", KEEPING), await chat(folder)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The Worker as it would be deployed. */
async function bundle(folder: string): Promise<void> {
  const { exited, log } = watch(wrangler(["deploy", "--dry-run", "--outdir", folder], folder));
  if ((await exited) !== 0) throw new CommandError(`The Worker cannot be built.\n${log()}`);
}

async function bareChat(name: string, keep: string): Promise<ChatFigures> {
  const objects = { ECHO: { className: "Echo", useSQLite: true } };
  const edge = await openLocalEdge(() => ({ modules: true, script: bareObject(keep), durableObjects: objects }));
  try {
    return await measureChat({ name, edge, open: () => openBare(edge) });
  } finally {
    await edge.end();
  }
}

async function chat(folder: string): Promise<ChatFigures> {
  let rootToken = "";
  const edge = await openLocalEdge(async (state) => {
    ({ rootToken } = openSecrets(state));
    await migrate(state);
    return {
      modules: true,
      modulesRoot: folder,
      scriptPath: join(folder, "index.js"),
      // One visitor alone would meet the pace that people are held to.
      bindings: { ...parseEnv(readFileSync(secretsFile(state), "utf8")), FOYER_CHAT_RATE: "off" },
      d1Databases: { DB: DATABASE },
      durableObjects: {
        ROOMS: { className: "ChatRoom", useSQLite: true },
        INBOXES: { className: "Inbox", useSQLite: true },
      },
    };
  });
  try {
    const admin = adminClient(edge.url, rootToken);
    const { id } = await admin.createOrganization({ name: "Bench", subscription_until: SUBSCRIBED_UNTIL });
    const form = await admin.createForm(id, chatForm);
    return await measureChat({ name: "foyer", edge, open: () => openRoom(edge, form.id) });
  } finally {
    await edge.end();
  }
}

function print(all: ChatFigures[]): void {
  const base = all[1] as ChatFigures;
  const whole = (n: number) => Math.round(n).toLocaleString("en").padStart(9);
  const ratio = (n: number) => n.toFixed(2).padStart(6);
  console.log("chat                        one room  ratio      rooms  ratio    p50 ms  p99 ms");
  for (const { name, oneRoom, manyRooms, p50, p99 } of all) {
    const figures = [
      whole(oneRoom),
      ratio(oneRoom / base.oneRoom),
      "  ",
      whole(manyRooms),
      ratio(manyRooms / base.manyRooms),
    ];
    console.log(`${name.padEnd(26)} ${figures.join("")}  ${p50.toFixed(1).padStart(8)}${p99.toFixed(1).padStart(8)}`);
  }
}
