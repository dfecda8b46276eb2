/**
 * The line to a room: a socket, or where none can be had requests at intervals. It comes back by itself, with growing
 * pauses, and at once when it is dialled. What has to arrive is offered anew on every connection; the room knows what it
 * has.
 */
import { CHAT_PROTOCOL, PING, parseServerFrame, type RoomFrame, type VisitorFrame } from "../../shared/chat-frames.ts";
import { retryDelayMs } from "../lib/retry-delay.ts";

const PING_MS = 25_000;
/** So many sockets may fail before there is an answer by request; and in place of a request one is tried now and then. */
const SOCKETS_TRIED = 2;
const SOCKET_CHANCE = 0.05;
/** The pause doubles so often, to half a minute: whoever writes while there is no line tries each time. */
const DOUBLINGS = 4;

export interface Talk {
  /** The form's chat at the server. */
  url: string;
  signal: AbortSignal;
  token(): string;
  hello(): VisitorFrame;
  /** What has to arrive, in its order. */
  waiting(): VisitorFrame[];
  heard(frame: RoomFrame): void;
  /** Somebody looks at the chat. */
  isSeen(): boolean;
  /** There is an answer from the room, or none to be had. */
  changed(isThere: boolean): void;
  /** The line's own: when a request has last heard of something new, in milliseconds since 1970. */
  stirredAt?: number;
}

export interface Line {
  /** Connects, and stays connected until `hangUp`. Where it waits to try again, it tries now. */
  dial(): void;
  /** Sends this, or offers all that waits. What cannot be sent now is offered on the next connection. */
  send(frame?: VisitorFrame): void;
  /** Offers all that waits after so many milliseconds, where nothing else has it offered sooner. */
  later(ms: number): void;
  hangUp(): void;
}

export function createLine(talk: Talk): Line {
  const { url, signal, token, hello, waiting, heard, changed } = talk;
  let isWanted = false;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let refused = 0;
  let isSilent = false;
  let beat: ReturnType<typeof setInterval> | undefined;

  const write = (text: string) => socket?.readyState === 1 && socket.send(text);
  const later = (ms: number) => {
    clearTimeout(timer);
    if (isWanted) timer = setTimeout(send, ms);
  };
  function leave(): void {
    const line = socket;
    socket = undefined;
    clearInterval(beat);
    line?.close();
  }
  const isThere = () => {
    failures = 0;
    changed(true);
  };
  const fail = () => {
    leave();
    changed(false);
    later(retryDelayMs(Math.min(failures++, DOUBLINGS), undefined, Math.random()));
  };

  function call(): void {
    const line = new WebSocket(url.replace("http", "ws"), [CHAT_PROTOCOL, token()]);
    socket = line;
    isSilent = false;
    beat = setInterval(() => {
      if (isSilent) fail();
      else {
        isSilent = true;
        write(PING);
      }
    }, PING_MS);
    // Until it has opened: then it is none that was refused.
    refused++;
    line.onopen = () => {
      refused = 0;
      write(JSON.stringify(hello()));
      send();
    };
    line.onmessage = ({ data }) => {
      isSilent = false;
      const frame = parseServerFrame<RoomFrame>(data);
      if (socket !== line || !frame) return;
      isThere();
      heard(frame);
    };
    line.onclose = () => socket === line && fail();
  }

  const ask = () =>
    import("./rare.ts")
      .then(({ exchange }) => exchange(talk))
      .then(
        (pauseMs) => {
          isThere();
          later(pauseMs);
        },
        () => {
          // Not sockets alone: there is no network, and when it is back a socket may be had.
          refused = 0;
          fail();
        },
      );

  function dial(): void {
    isWanted = true;
    if (socket || signal.aborted) return;
    clearTimeout(timer);
    try {
      if (refused < SOCKETS_TRIED || Math.random() < SOCKET_CHANCE) call();
      else ask();
    } catch {
      // A page that has no sockets, or forbids them.
      refused = SOCKETS_TRIED;
      fail();
    }
  }

  function send(frame?: VisitorFrame): void {
    if (!socket && isWanted) dial();
    for (const one of frame ? [frame] : waiting()) write(JSON.stringify(one));
  }

  function hangUp(): void {
    isWanted = false;
    clearTimeout(timer);
    leave();
  }

  signal.addEventListener("abort", hangUp);
  return { dial, send, later, hangUp };
}
