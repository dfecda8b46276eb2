/** Sockets of the benchmark's chats: to a room as a visitor's page has it, and to a bare object. */
import { randomBytes, randomUUID } from "node:crypto";
import { CHAT_PROTOCOL } from "../../shared/chat-frames.ts";
import type { LocalEdge } from "./local-edge.ts";

/** One page's socket, to a room or to a bare object. */
export interface Line {
  /** Sends one message. Resolves when it has come back. */
  say(text: string): Promise<void>;
  /** The same with a frame and its id. Rejects where it is refused, or the socket closes before. @returns what came back. */
  send(id: string, frame: string): Promise<unknown>;
  close(): void;
}

/** The socket closed before the echo came. */
export class LineLost extends Error {}

/** @param idOf whose echo a text from the server is; undefined for whatever is none. */
function lineOf(
  socket: WebSocket,
  write: (id: string, text: string) => string,
  idOf: (frame: unknown) => unknown,
): Line {
  const waiting = new Map<unknown, { heard: (frame: unknown) => void; failed: (error: Error) => void }>();
  socket.addEventListener("message", ({ data }) => {
    const frame = JSON.parse(data as string);
    const id = idOf(frame);
    if (frame.t === "error" || frame.t === "problem") waiting.get(id)?.failed(new Error(`refused: ${data}`));
    else waiting.get(id)?.heard(frame);
    waiting.delete(id);
  });
  socket.addEventListener("close", () => {
    for (const { failed } of waiting.values()) failed(new LineLost());
  });
  const send = (id: string, frame: string) =>
    new Promise<unknown>((heard, failed) => {
      if (socket.readyState !== WebSocket.OPEN) return failed(new LineLost());
      waiting.set(id, { heard, failed });
      socket.send(frame);
    });
  return {
    say: async (text) => {
      const id = randomUUID();
      await send(id, write(id, text));
    },
    send,
    close: () => socket.close(),
  };
}

const opened = (socket: WebSocket): Promise<WebSocket> =>
  new Promise((done, failed) => {
    socket.addEventListener("open", () => done(socket));
    socket.addEventListener("error", () => failed(new LineLost()));
  });

/** A page's token for a room that nobody has been in. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** A visitor of a chat form. @throws LineLost where the server ends before it has greeted. */
export async function openRoom({ url }: { url: string }, formId: string, token = newToken()): Promise<Line> {
  const address = `${url.replace("http", "ws")}/v1/forms/${formId}/chat`;
  const socket = await opened(new WebSocket(address, [CHAT_PROTOCOL, token]));
  const greeted = new Promise((heard, failed) => {
    socket.addEventListener("message", heard, { once: true });
    socket.addEventListener("close", () => failed(new LineLost()), { once: true });
  });
  socket.send(JSON.stringify({ t: "hello", since: 0, visitor: randomUUID() }));
  await greeted;
  return lineOf(
    socket,
    (id, text) => JSON.stringify({ t: "say", id, text }),
    (frame) => {
      const { t, id } = frame as { t: string; id?: string };
      return ["message", "error", "problem"].includes(t) ? id : undefined;
    },
  );
}

/** A bare object of its own. */
export async function openBare({ url }: LocalEdge): Promise<Line> {
  const socket = await opened(new WebSocket(`${url.replace("http", "ws")}/${randomUUID()}`));
  return lineOf(
    socket,
    (id, text) => JSON.stringify({ id, text }),
    (frame) => (frame as { id: string }).id,
  );
}
