/**
 * Messages of a chat a second, from a visitor's socket through their room and back: in one room, and over many at once.
 * Beside it, in the same run, what the platform does at the least: an object that keeps each message as a row and sends
 * it back, and one that only sends it back. Ratios are to the first of the two.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { CHAT_PROTOCOL } from "../../shared/chat-frames.ts";
import { quantile } from "./drive.ts";
import { type LocalEdge, openLocalEdge } from "./local-edge.ts";
import type { Part } from "./part.ts";
import { rounded } from "./report.ts";
import { openFoyer } from "./world.ts";

/** One page's socket, to a room or to a bare object. */
interface Line {
  /** Sends one message. Resolves when it has come back. */
  say(text: string): Promise<void>;
  close(): void;
}

interface Target {
  name: string;
  edge: LocalEdge;
  open(): Promise<Line>;
}

interface ChatFigures {
  name: string;
  /** Messages a second. */
  oneRoom: number;
  manyRooms: number;
  /** Of one message after the other, in milliseconds. */
  p50: number;
  p99: number;
}

const TEXT = "Could you tell me whether the larger one fits under a desk of 70 centimetres?";
const ONE_ROOM_MESSAGES = 1_500;
const WINDOW = 16;
const ALONE_MESSAGES = 300;
const ROOMS = 100;
const MESSAGES_A_ROOM = 20;
const ROOM_WINDOW = 4;

export const chats: Part = async ({ world }) => {
  const bare = async (name: string, keep: string): Promise<ChatFigures> => {
    const objects = { ECHO: { className: "Echo", useSQLite: true } };
    const edge = await openLocalEdge(() => ({ modules: true, script: bareObject(keep), durableObjects: objects }));
    return measureAndEnd({ name, edge, open: () => openBare(edge) });
  };
  const edge = await openFoyer(world);
  const foyer = await measureAndEnd({ name: "foyer", edge, open: () => openRoom(edge, world.chatFormId) });
  const all = [await bare("bare object", ""), await bare("bare object that keeps", KEEPING), foyer];
  const base = all[1] as ChatFigures;
  const rows = all.map(({ name, oneRoom, manyRooms, p50, p99 }) => ({
    who: name,
    "one room, a second": Math.round(oneRoom),
    ratio: rounded(oneRoom / base.oneRoom),
    "many rooms, a second": Math.round(manyRooms),
    "ratio ": rounded(manyRooms / base.manyRooms),
    "p50 ms": rounded(p50),
    "p99 ms": rounded(p99),
  }));
  const notes = ["Ratios are to the object that keeps each message as a row."];
  return { tables: [{ title: "a chat's messages", notes, rows }], goals: [] };
};

async function measureAndEnd(target: Target): Promise<ChatFigures> {
  try {
    return await measureChat(target);
  } finally {
    await target.edge.end();
  }
}

async function measureChat({ name, open }: Target): Promise<ChatFigures> {
  const line = await open();
  await sendAll(line, ALONE_MESSAGES, WINDOW);
  const times: number[] = [];
  for (let sent = 0; sent < ALONE_MESSAGES; sent += 1) {
    const start = performance.now();
    await line.say(TEXT);
    times.push(performance.now() - start);
  }
  line.close();
  const fresh = await open();
  const oneRoom = await rate(ONE_ROOM_MESSAGES, () => sendAll(fresh, ONE_ROOM_MESSAGES, WINDOW));
  fresh.close();
  const lines = await Promise.all(Array.from({ length: ROOMS }, open));
  const manyRooms = await rate(ROOMS * MESSAGES_A_ROOM, () =>
    Promise.all(lines.map((one) => sendAll(one, MESSAGES_A_ROOM, ROOM_WINDOW))),
  );
  for (const one of lines) one.close();
  return { name, oneRoom, manyRooms, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

async function rate(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1_000;
}

/** So many are on their way at a time. */
async function sendAll(line: Line, count: number, window: number): Promise<void> {
  let left = count;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      await line.say(TEXT);
    }
  };
  await Promise.all(Array.from({ length: window }, one));
}

/** @param idOf whose echo a text from the server is; undefined for whatever is none. */
function lineOf(
  socket: WebSocket,
  write: (id: string, text: string) => string,
  idOf: (frame: unknown) => unknown,
): Line {
  const waiting = new Map<unknown, () => void>();
  socket.addEventListener("message", ({ data }) => {
    const id = idOf(JSON.parse(data as string));
    waiting.get(id)?.();
    waiting.delete(id);
  });
  return {
    say: (text) =>
      new Promise((heard) => {
        const id = randomUUID();
        waiting.set(id, heard);
        socket.send(write(id, text));
      }),
    close: () => socket.close(),
  };
}

const opened = (socket: WebSocket): Promise<WebSocket> =>
  new Promise((done, failed) => {
    socket.addEventListener("open", () => done(socket));
    socket.addEventListener("error", () => failed(new Error("The socket could not be opened.")));
  });

/** A visitor of a chat form. */
async function openRoom({ url }: LocalEdge, formId: string): Promise<Line> {
  const address = `${url.replace("http", "ws")}/v1/forms/${formId}/chat`;
  const socket = await opened(new WebSocket(address, [CHAT_PROTOCOL, randomBytes(32).toString("base64url")]));
  const greeted = new Promise((heard) => socket.addEventListener("message", heard, { once: true }));
  socket.send(JSON.stringify({ t: "hello", since: 0, visitor: randomUUID() }));
  await greeted;
  return lineOf(
    socket,
    (id, text) => JSON.stringify({ t: "say", id, text }),
    (frame) => {
      const { t, by, id } = frame as { t: string; by?: string; id?: string };
      return t === "message" && by === "visitor" ? id : undefined;
    },
  );
}

async function openBare({ url }: LocalEdge): Promise<Line> {
  const socket = await opened(new WebSocket(`${url.replace("http", "ws")}/${randomUUID()}`));
  return lineOf(
    socket,
    (id, text) => JSON.stringify({ id, text }),
    (frame) => (frame as { id: string }).id,
  );
}

/** The least that a room could be. `keep` is what it does with a message before it sends it back. */
const bareObject = (keep: string): string => `
import { DurableObject } from "cloudflare:workers";
export class Echo extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, text TEXT)");
  }
  async fetch() {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }
  async webSocketMessage(socket, json) {
    const { id, text } = JSON.parse(json);
    ${keep}
    socket.send(json);
  }
}
export default { fetch: (request, env) => env.ECHO.getByName(new URL(request.url).pathname).fetch(request) };
`;
const KEEPING = 'this.ctx.storage.sql.exec("INSERT INTO message (id, text) VALUES (?, ?)", id, text);';
