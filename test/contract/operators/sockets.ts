/** An operator's socket, as a program or the page has it. Inboxes have a clock of their own: the scene is of today. */
import { expect, vi } from "vitest";
import { CHAT_PROTOCOL, type InboxFrame, type OperatorFrame, parseServerFrame } from "../../../shared/chat-frames.ts";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { OPERATORS } from "./operators.ts";

export async function socketScene(overrides: Partial<Edge["env"]> = {}): Promise<{ at: Edge; of: Tenant }> {
  const at = edge(overrides);
  at.clock.now = Date.now();
  return { at, of: await tenant(at) };
}

export const knock = (at: Edge, headers: Record<string, string>): Promise<Response> =>
  at.send("GET", `${OPERATORS}/rooms/socket`, { headers: { upgrade: "websocket", ...headers } });
export const withToken = (token: string): Record<string, string> => ({
  "sec-websocket-protocol": `${CHAT_PROTOCOL}, ${token}`,
});

export interface Listening {
  heard: InboxFrame[];
  /** The code that the server closed it with. */
  closed: number[];
  say: (frame: OperatorFrame | string) => void;
  /** Of one kind, as many as are waited for. */
  hear: <T extends InboxFrame["t"]>(t: T, times?: number) => Promise<Extract<InboxFrame, { t: T }>[]>;
  close: () => void;
}

/** The open socket of an answer. */
export function listening(answer: Response): Listening {
  expect(answer.status).toBe(101);
  const socket = answer.webSocket as WebSocket;
  const heard: InboxFrame[] = [];
  const closed: number[] = [];
  socket.addEventListener("message", ({ data }) => {
    const frame = parseServerFrame<InboxFrame>(data);
    if (frame !== null) heard.push(frame);
  });
  socket.addEventListener("close", ({ code }) => {
    closed.push(code);
  });
  socket.accept();
  return {
    heard,
    closed,
    say: (frame) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    hear: (t, times = 1) =>
      vi.waitFor(() => {
        const found = heard.filter((frame) => frame.t === t);
        expect(found.length).toBeGreaterThanOrEqual(times);
        return found as Extract<InboxFrame, { t: typeof t }>[];
      }),
    close: () => socket.close(1000),
  };
}

export const listen = async (at: Edge, token: string): Promise<Listening> =>
  listening(await knock(at, withToken(token)));
