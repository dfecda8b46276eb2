/** The operators' page in a browser of its own, in front of an API that does what it is told. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { openStage, type Stage } from "../support/stage.ts";
import { type FakeEdge, fakeEdge, ME, message, room } from "./fake.ts";

/** A room that the operator has. */
export const MINE = { status: "talking", operator: ME } as const;

interface Opened {
  page: Page & { errors: string[] };
  edge: FakeEdge;
}

/** What the scenarios of one file open; its stage comes and goes with them. */
export function desks() {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage?.end());

  async function open(
    prepare: (edge: FakeEdge) => void,
    { path = "", ...options }: BrowserContextOptions & { path?: string } = {},
  ): Promise<Opened> {
    const page = await stage.page(options);
    const edge = await fakeEdge(page);
    prepare(edge);
    await page.goto(`${stage.server.url}/inbox${path}`);
    return { page, edge };
  }

  /** A room of the operator's own, which is open. */
  async function openMine(options: BrowserContextOptions = {}) {
    const mine = room(1, { ...MINE, name: "Ada Rey" });
    const opened = await open(
      (edge) => {
        edge.rooms = [mine];
        edge.said.set(mine.room, [message(1, "bot", "Hello."), message(2, "visitor", "Anybody there?")]);
      },
      { path: `#${mine.room}`, ...options },
    );
    await opened.page.getByText("Anybody there?").last().waitFor();
    return { ...opened, id: mine.room, words: opened.page.getByLabel("Message to Ada Rey") };
  }

  return { open, openMine };
}

/** The deeds of this name that the page has asked for. */
export const posted = (edge: FakeEdge, deed: string) =>
  edge.asked.filter(({ method, path }) => method === "POST" && path.endsWith(deed));
