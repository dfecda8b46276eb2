/**
 * Messages of a chat a second, from a visitor's socket through their room and back: in one room, and over many at once.
 * Beside it, in the same run, what the platform does at the least: an object that keeps each message as a row and sends
 * it back, and one that only sends it back. Ratios are to the first of the two.
 */
import { type Line, openBare, openRoom } from "./chat-lines.ts";
import { quantile } from "./drive.ts";
import { type LocalEdge, openLocalEdge } from "./local-edge.ts";
import type { Part } from "./part.ts";
import { rounded } from "./report.ts";
import { openFoyer } from "./world.ts";

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
