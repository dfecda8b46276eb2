/** The operators' API as the page meets it, told what to answer: for what a real server does too seldom to wait for. */
import type { Page, WebSocketRoute } from "playwright-core";
import type { ChatMessage, InboxFrame, RoomSummary } from "../../../shared/chat-frames.ts";

const NOW = Date.UTC(2026, 5, 1, 9, 30);
export const ME = { id: "0197a000-0000-7000-8000-000000000001", name: "Ines Okafor" };
export const COLLEAGUE = { id: "0197a000-0000-7000-8000-000000000002", name: "Tomas Lind" };

export const room = (number: number, change: Partial<RoomSummary> = {}): RoomSummary => ({
  room: `0197b000-0000-8000-8000-${String(number).padStart(12, "0")}`,
  form: "0197c000-0000-7000-8000-000000000001",
  form_name: "Contact",
  status: "waiting",
  operator: null,
  opened_at: NOW - number * 60_000,
  waiting_since: change.status === undefined || change.status === "waiting" ? NOW - number * 60_000 : null,
  closed_at: null,
  lead: null,
  name: null,
  email: null,
  phone: null,
  ...change,
});

export const message = (seq: number, by: ChatMessage["by"], text: string, more: Partial<ChatMessage> = {}) =>
  ({ seq, at: NOW + seq * 1_000, by, text, ...more }) satisfies ChatMessage;

/** A lead as the list has it. */
export const lead = (uid: string, name: string | null) => ({
  uid,
  lead_id: `lead-${uid}`,
  category: "forms",
  name,
  created_at: NOW,
});

export interface Asked {
  method: string;
  path: string;
  body: Record<string, unknown> | null;
  headers: Record<string, string>;
}
interface Refusal {
  status: number;
  headers?: Record<string, string>;
}

export interface FakeEdge {
  isSignedIn: boolean;
  rooms: RoomSummary[];
  leads: ReturnType<typeof lead>[];
  /** What was said in each room. */
  said: Map<string, ChatMessage[]>;
  /** What is answered instead, by `METHOD path`'s beginning; `lost`: done, and the answer does not arrive. */
  refuse: Map<string, Refusal | "offline" | "lost">;
  asked: Asked[];
  /** Frames that the page sent. */
  sent: { t: string }[];
  /** Sockets that were opened so far. */
  lines: number;
  /** Takes no sockets. */
  isDeaf: boolean;
  tell(...frames: InboxFrame[]): void;
  hangUp(code?: number): Promise<void>;
}

const SESSION = {
  user: { ...ME, username: "ines", role: "admin" },
  organization: { id: "0197a000-0000-7000-8000-00000000000a", account_id: 7, name: "Halyard" },
  csrf: "csrf-of-the-session",
};

/** Answers for the server from now on, but for the page's own files. */
export async function fakeEdge(page: Page): Promise<FakeEdge> {
  let socket: WebSocketRoute | undefined;
  const edge: FakeEdge = {
    isSignedIn: true,
    rooms: [],
    leads: [],
    said: new Map(),
    refuse: new Map(),
    asked: [],
    sent: [],
    lines: 0,
    isDeaf: false,
    tell: (...frames) => {
      for (const frame of frames) socket?.send(JSON.stringify(frame));
    },
    hangUp: async (code = 1011) => socket?.close({ code }),
  };
  await page.routeWebSocket("**/admin/v1/rooms/socket", (line) => {
    if (edge.isDeaf) return line.close({ code: 1013 });
    edge.lines++;
    socket = line;
    line.onMessage((text) => (text === "ping" ? line.send("pong") : edge.sent.push(JSON.parse(String(text)))));
    edge.tell({ t: "welcome", user: ME.id, online: [ME.id, COLLEAGUE.id] });
    return undefined;
  });
  const serve = async (url: string) => {
    await page.route(url, async (route) => {
      const request = route.request();
      const { pathname, searchParams } = new URL(request.url());
      const asked = {
        method: request.method(),
        path: pathname,
        body: request.postDataJSON(),
        headers: request.headers(),
      };
      edge.asked.push(asked);
      const called = `${asked.method} ${pathname}`;
      const refusal = [...edge.refuse].find(([start]) => called.startsWith(start))?.[1];
      if (refusal === "offline") return route.abort();
      if (typeof refusal === "object") return route.fulfill({ ...refusal, json: { title: "No" } });
      const body = answer(edge, asked, Number(searchParams.get("since") ?? 0));
      if (refusal === "lost") return route.abort();
      return body ? route.fulfill({ json: body }) : route.fulfill({ status: 401, json: { title: "Who?" } });
    });
  };
  await serve("**/inbox/session");
  await serve("**/admin/v1/**");
  return edge;
}

function answer(edge: FakeEdge, { method, path, body }: Asked, since: number): object | undefined {
  if (path === "/inbox/session") {
    if (method !== "GET") edge.isSignedIn = method === "POST";
    return edge.isSignedIn ? SESSION : method === "DELETE" ? {} : undefined;
  }
  if (!edge.isSignedIn) return undefined;
  const [, , , list = "", id = "", deed] = path.split("/");
  if (list === "users") return { results: [ME, COLLEAGUE], next: null };
  if (list === "incoming" && !id) return { results: edge.leads, next: null };
  if (list === "incoming") {
    edge.leads = edge.leads.filter(({ uid }) => uid !== id);
    return {};
  }
  if (!id) return { results: edge.rooms.filter(({ status }) => status !== "closed"), next: null };
  const summary = edge.rooms.find((one) => one.room === id);
  if (deed && summary) act(edge, summary, deed, body);
  return view(edge, id, since);
}

function act(edge: FakeEdge, summary: RoomSummary, deed: string, body: Asked["body"]): void {
  const said = edge.said.get(summary.room) ?? [];
  if (deed === "join") Object.assign(summary, { status: "talking", operator: ME });
  if (deed === "leave") Object.assign(summary, { status: "waiting", operator: null });
  if (deed === "hand-over")
    Object.assign(summary, body?.user_id ? { operator: COLLEAGUE } : { status: "waiting", operator: null });
  if (deed === "close") summary.status = "closed";
  if (deed === "messages" && !said.some(({ id }) => id === body?.id)) {
    const more = { id: String(body?.id), name: ME.name, ...(body?.is_private ? { isPrivate: true as const } : {}) };
    said.push(message(said.length + 1, "operator", String(body?.text), more));
  }
  edge.said.set(summary.room, said);
}

function view(edge: FakeEdge, id: string, since: number): object | undefined {
  const summary = edge.rooms.find((one) => one.room === id);
  const messages = (edge.said.get(id) ?? []).filter(({ seq }) => seq > since);
  return {
    room: summary,
    status: summary?.status,
    messages: messages.map(({ isPrivate, ...one }) => ({ ...one, ...(isPrivate && { is_private: true }) })),
    is_visitor_there: true,
    read: { visitor: 0, operator: 0 },
  };
}
