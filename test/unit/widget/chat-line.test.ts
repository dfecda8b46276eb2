/** The line to a room comes back by itself, offers what waits anew, and does without sockets where it has to. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CHAT_PROTOCOL, PING, type RoomFrame, type VisitorFrame } from "../../../shared/chat-frames.ts";
import { createLine, type Talk } from "../../../widget/chat/line.ts";

class FakeSocket {
  static made: FakeSocket[] = [];
  readyState = 0;
  sent: string[] = [];
  onopen = () => {};
  onmessage = (_: { data: string }) => {};
  onclose = () => {};
  readonly url: string;
  readonly protocols: string[];
  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
    FakeSocket.made.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 3;
  }
  open() {
    this.readyState = 1;
    this.onopen();
  }
  break() {
    this.readyState = 3;
    this.onclose();
  }
}
const last = () => FakeSocket.made.at(-1) as FakeSocket;
const SAY: VisitorFrame = { t: "say", id: "1", text: "Hello" };
const HELLO: VisitorFrame = { t: "hello", since: 0 };

const heard: RoomFrame[] = [];
const changes: boolean[] = [];
let waiting: VisitorFrame[];
let stop: AbortController;
const talk = (): Talk => ({
  url: "https://foyer.example/v1/forms/f/chat",
  signal: stop.signal,
  token: () => "token",
  hello: () => HELLO,
  waiting: () => waiting,
  heard: (frame) => heard.push(frame),
  isSeen: () => true,
  changed: (isThere) => changes.push(isThere),
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(Math, "random").mockReturnValue(0.9);
  FakeSocket.made = [];
  heard.length = changes.length = 0;
  waiting = [SAY];
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("a line", () => {
  it("offers its token as a protocol, and says hello before all that waits", () => {
    createLine(talk()).dial();
    expect(last()).toMatchObject({ url: "wss://foyer.example/v1/forms/f/chat", protocols: [CHAT_PROTOCOL, "token"] });
    last().open();
    expect(last().sent.map((text) => JSON.parse(text))).toEqual([HELLO, SAY]);
  });

  it("comes back after it was lost, and offers anew what has not arrived", () => {
    createLine(talk()).dial();
    last().open();
    last().onmessage({ data: `{"t":"typing"}` });
    last().break();
    expect(changes).toEqual([true, false]);
    vi.advanceTimersByTime(2_000);
    expect(FakeSocket.made).toHaveLength(2);
    last().open();
    expect(last().sent).toContain(JSON.stringify(SAY));
  });

  it("is found dead where nothing is heard for a while, and another is made", () => {
    createLine(talk()).dial();
    last().open();
    vi.advanceTimersByTime(25_000);
    expect(last().sent).toContain(PING);
    last().onmessage({ data: "pong" });
    vi.advanceTimersByTime(25_000);
    expect(FakeSocket.made).toHaveLength(1);
    vi.advanceTimersByTime(25_000 + 2_000);
    expect(FakeSocket.made).toHaveLength(2);
  });

  it("asks by requests where two sockets came to nothing", async () => {
    const asked: unknown[] = [];
    vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
      asked.push(JSON.parse(body));
      return Response.json({ frames: [{ t: "typing" }] });
    });
    createLine(talk()).dial();
    last().break();
    vi.advanceTimersByTime(2_000);
    last().break();
    await vi.advanceTimersByTimeAsync(4_000);
    await vi.waitFor(() => expect(heard).toEqual([{ t: "typing" }]));
    expect(asked).toEqual([{ token: "token", hello: HELLO, frames: [SAY] }]);
    // And again and again, as long as nobody hangs up.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.length).toBeGreaterThan(3);
    stop.abort();
    const { length } = asked;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(length);
    expect(FakeSocket.made).toHaveLength(2);
  });

  it("stays down once it was hung up, or its widget is gone", () => {
    const line = createLine(talk());
    line.dial();
    last().open();
    line.hangUp();
    vi.advanceTimersByTime(600_000);
    expect(FakeSocket.made).toHaveLength(1);
    stop.abort();
    line.dial();
    expect(FakeSocket.made).toHaveLength(1);
  });
});
