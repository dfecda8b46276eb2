/** A visitor in a chat: by socket or by exchanges, as the widget's page would come. */
import { env, exports } from "cloudflare:workers";
import { vi } from "vitest";
import {
  CHAT_PROTOCOL,
  type ChatAnswer,
  type ChatMessage,
  parseServerFrame,
  type RoomFrame,
  type VisitorFrame,
} from "../../shared/chat-frames.ts";
import { roomIdOf } from "../../worker/services/room-token.ts";
import type { Hello } from "../../worker/services/visitor-door.ts";
import { type Edge, edge, form, type Tenant, tenant } from "./edge.ts";

/** As a page makes it. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace("=", "");
}

/** A tenant with a chat, and the token of a visitor who has yet to come. */
export async function chatScene(): Promise<{ at: Edge; to: Tenant; chat: string; token: string }> {
  const at = edge();
  const to = await tenant(at);
  return { at, to, chat: await form(at, to.id, { mode: "chat" }), token: newToken() };
}

export async function roomOf(formId: string, token: string): Promise<string> {
  const id = await roomIdOf(formId, token);
  if (id === null) throw new Error("no token");
  return id;
}
export const roomStub = async (formId: string, token: string) => env.ROOMS.getByName(await roomOf(formId, token));

export const upgrade = (formId: string, protocols: string | null, headers: Record<string, string> = {}) =>
  exports.default.fetch(`https://foyer.test/v1/forms/${formId}/chat`, {
    headers: {
      upgrade: "websocket",
      ...(protocols === null ? {} : { "sec-websocket-protocol": protocols }),
      ...headers,
    },
  });

/** What happens by itself, on a machine that may be busy with something else. */
export const soon = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 10_000, interval: 20 });

let ids = 0;
const newId = (): string => {
  ids += 1;
  return `m${ids}`;
};

/** One socket of a visitor, and everything that it heard. */
export class Page {
  readonly socket: WebSocket;
  readonly heard: RoomFrame[] = [];
  closedWith: number | null = null;
  /** How long a test waits for what has to come. */
  patienceMs = 20_000;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const frame = parseServerFrame<RoomFrame>(data);
      if (frame) this.heard.push(frame);
    });
    socket.addEventListener("close", ({ code }) => {
      this.closedWith = code;
    });
    socket.accept();
  }

  send(frame: VisitorFrame | string): void {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }
  say(text: string, id = newId()): string {
    this.send({ t: "say", id, text });
    return id;
  }
  answer(field: string, value: ChatAnswer, id = newId()): string {
    this.send({ t: "answer", id, field, value });
    return id;
  }
  call(id = newId()): string {
    this.send({ t: "call", id });
    return id;
  }
  end(id = newId()): string {
    this.send({ t: "close", id });
    return id;
  }

  get messages(): ChatMessage[] {
    return this.heard.flatMap((frame) => (frame.t === "message" ? [frame] : []));
  }
  get state(): Extract<RoomFrame, { t: "state" }> | undefined {
    return this.heard.findLast((frame) => frame.t === "state");
  }
  any = (): Promise<RoomFrame> => this.#find("nothing", () => this.heard[0]);
  /** Until a frame is there. */
  until<T extends RoomFrame["t"]>(
    t: T,
    fits: (frame: Extract<RoomFrame, { t: T }>) => boolean = () => true,
  ): Promise<Extract<RoomFrame, { t: T }>> {
    const isIt = (frame: RoomFrame): frame is Extract<RoomFrame, { t: T }> => frame.t === t && fits(frame as never);
    return this.#find(`no ${t}`, () => this.heard.find(isIt));
  }
  /** Until what was sent under this id has its answer. */
  answered = (id: string): Promise<RoomFrame> =>
    this.#find(`no answer to ${id}`, () => this.heard.find((frame) => "id" in frame && frame.id === id));

  /** Looks at every frame that comes, and now and then, to say what was missing. */
  #find<T>(problem: string, look: () => T | undefined): Promise<T> {
    const found = look();
    if (found !== undefined) return Promise.resolve(found);
    const heard = new Promise<T>((resolve) => {
      this.socket.addEventListener("message", () => {
        const come = look();
        if (come !== undefined) resolve(come);
      });
    });
    const patient = vi.waitFor(
      () => {
        const come = look();
        if (come === undefined) throw new Error(`${problem}: ${JSON.stringify(this.heard).slice(-1_500)}`);
        return come;
      },
      { timeout: this.patienceMs, interval: 500 },
    );
    return Promise.race([heard, patient]);
  }
}

const pages: Page[] = [];

/** A page without its hello. */
export async function socket(formId: string, token: string): Promise<Page> {
  const response = await upgrade(formId, `${CHAT_PROTOCOL}, ${token}`);
  if (response.webSocket === null) throw new Error(`no socket: ${response.status} ${await response.text()}`);
  const page = new Page(response.webSocket);
  pages.push(page);
  return page;
}

/** A page that has said hello, and heard what there is. */
export async function visit(formId: string, token: string, hello: Partial<Hello> = {}): Promise<Page> {
  const page = await socket(formId, token);
  page.send({ since: 0, ...hello, t: "hello" });
  await page.any();
  return page;
}

/** After each test, so that no room of it is at work in the next. */
export function leaveAll(): void {
  for (const page of pages.splice(0)) page.socket.close(1000);
}

/** What a page without a socket sends, and hears. */
export async function exchange(
  at: Edge,
  formId: string,
  token: string,
  frames: unknown[] = [],
  hello: Partial<Hello> = {},
): Promise<RoomFrame[]> {
  const response = await at.send("POST", `/v1/forms/${formId}/chat`, {
    headers: { "content-type": "text/plain" },
    body: JSON.stringify({ token, hello: { since: 0, ...hello }, frames }),
  });
  if (response.status !== 200) throw new Error(`exchange: ${response.status} ${await response.text()}`);
  return (await response.json<{ frames: RoomFrame[] }>()).frames;
}
