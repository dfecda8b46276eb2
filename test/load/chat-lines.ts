/** Sockets of the benchmark's chats: to a room as a visitor's page has it, and to a bare object. */
import { randomBytes, randomUUID } from "node:crypto";
import { CHAT_PROTOCOL } from "../../shared/chat-frames.ts";
import type { LocalEdge } from "./local-edge.ts";

/** One page's socket, to a room or to a bare object. */
export interface Line {
  /** Sends one message. Resolves when it has come back. */
  say(text: string): Promise<void>;
  close(): void;
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
export async function openRoom({ url }: LocalEdge, formId: string): Promise<Line> {
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

/** A bare object of its own. */
export async function openBare({ url }: LocalEdge): Promise<Line> {
  const socket = await opened(new WebSocket(`${url.replace("http", "ws")}/${randomUUID()}`));
  return lineOf(
    socket,
    (id, text) => JSON.stringify({ id, text }),
    (frame) => (frame as { id: string }).id,
  );
}
