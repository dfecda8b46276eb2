/**
 * The built Worker is killed again and again, in the middle of what many callers ask of it. After each restart everything
 * that was acknowledged is there, nothing is there twice or by halves, and what is counted equals a recount.
 *
 * A failure says the seed. FOYER_CRASH_SEED asks for it again: who does what and when the server is killed; not in which
 * order a machine answers.
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bundle, FOYER } from "../load/bundle.ts";
import { makeWorld, type World } from "../load/world.ts";
import { copyOf, readBooks } from "./books.ts";
import { Caller } from "./caller.ts";
import { chanceOf, seedOfRun } from "./chance.ts";
import { Ledger } from "./ledger.ts";
import { type Mortal, startMortal } from "./mortal.ts";
import { type At, bulk, capture, handle, type Step, sort, work } from "./people.ts";
import { isOver, talk } from "./talks.ts";
import { leadsTold, repeatTold, talksTold, talksUnsaved, wordsTold } from "./told.ts";

const KILLS = 20;
/** Requests and answers before a kill. */
const MOMENTS = { least: 60, more: 240 };
const PEOPLE: Step[] = [
  ...[capture, capture, capture, capture, capture, bulk, bulk, sort, sort, handle, handle, work, work],
  ...[talk(false), talk(false), talk(true), talk(true)],
];

const seed = seedOfRun();
const chance = chanceOf(seed);
const ledger = new Ledger();
let scratch: string;
let world: World;
let server: Mortal;
let startedAt = 0;

beforeAll(async () => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), "foyer-crash-")));
  world = await makeWorld(bundle(FOYER, scratch));
  server = await startMortal(world.foyer, world.state);
}, 120_000);
afterAll(async () => {
  server?.kill();
  await server?.isGone();
  for (const folder of [scratch, world?.state]) if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Everybody works until the server is dead. @returns how many of them waited for an answer. */
async function untilKilled(): Promise<number> {
  const caller = new Caller(server, MOMENTS.least + chance.below(MOMENTS.more));
  const at: At = { world, ledger, chance, caller };
  try {
    const lost = await Promise.all(PEOPLE.map((step) => caller.untilDeath(() => step(at))));
    return lost.filter(Boolean).length;
  } catch (error) {
    throw new Error(`seed ${seed}: ${(error as Error).message}\n${server.log()}`, { cause: error });
  } finally {
    caller.end();
    server.kill();
    await server.isGone();
  }
}

/** @returns what is wrong with what the kill has left, and with what the next server tells of it. */
async function restarted(): Promise<string[]> {
  const killedAt = Date.now();
  const copy = copyOf(world.state);
  const starting = startMortal(world.foyer, world.state);
  const books = readBooks(copy, startedAt);
  startedAt = killedAt;
  const wrong = [...books.wrong, ...ledger.settle(books)];
  server = await starting;
  const caller = new Caller(server);
  const at: At = { world, ledger, chance, caller };
  try {
    const talks = ledger.talks.filter((one) => !isOver(one));
    const told = [await leadsTold(at), await wordsTold(at), await repeatTold(at), await talksTold(at, talks)];
    await ledger.resend(caller, chance, books);
    for (const one of talks) one.isLeft ||= chance.below(3) === 0;
    return [...wrong, ...told.flat()];
  } finally {
    caller.end();
  }
}

/** @throws with the first few things that are wrong. */
function insist(wrong: string[], when: string): void {
  const some = wrong.slice(0, 5).map((one) => one.slice(0, 1_500));
  if (wrong.length > 0) throw new Error(`seed ${seed}, ${when}, ${wrong.length} wrong:\n${some.join("\n")}`);
}

/** @returns what is wrong with what a server has left that was killed while nobody asked it anything. */
function booksLeft(): string[] {
  const books = readBooks(copyOf(world.state), startedAt);
  return [...books.wrong, ...ledger.settle(books)];
}

describe(`a server that is killed (seed ${seed})`, () => {
  it(`keeps what it has acknowledged, once and whole, ${KILLS} times`, { timeout: 400_000 }, async () => {
    let cut = 0;
    for (let round = 1; round <= KILLS; round += 1) {
      cut += await untilKilled();
      insist(await restarted(), `kill ${round}`);
    }
    expect(cut, "answers that nobody got").toBeGreaterThan(KILLS * (PEOPLE.length / 2));
    const patience = { timeout: 30_000, interval: 100 };
    await vi.waitFor(() => insist(talksUnsaved(ledger, world.state), "at last"), patience);
    server.kill();
    await server.isGone();
    insist(booksLeft(), "at the end");
  });
});
