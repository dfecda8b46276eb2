/**
 * The socket that news come through. Where it breaks it is opened anew, sooner or later by chance, so that not all pages
 * come back at once; a line on which no answer comes is a broken one.
 */
import {
  CHAT_PROTOCOL,
  CLOSE_CODES,
  type InboxFrame,
  type OperatorFrame,
  PING,
  PONG,
  parseServerFrame,
} from "../shared/chat-frames.ts";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const PING_MS = 25_000;
/** For an answer to a ping, or for the line to open. */
const ANSWER_MS = 10_000;

/** @param failures in a row. @param chance from 0 to 1. @returns at least half of what the failures make. */
export const pauseMs = (failures: number, chance: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.5 + chance / 2);

interface Ears {
  opened(): void;
  /** Before each further attempt, too: a network without sockets may let questions through. */
  broken(): void;
  heard(frame: InboxFrame): void;
  /** The credentials are no longer in force. */
  ended(): void;
}

export interface Line {
  /** @returns false where there is no line now. */
  send(frame: OperatorFrame): boolean;
  /** Tries at once where it waits to. */
  hurry(): void;
  close(): void;
}

export function openLine(url: string, ears: Ears): Line {
  let socket: WebSocket | undefined;
  let isOpen = false;
  let isOver = false;
  let failures = 0;
  let timer = 0;

  function connect(): void {
    const mine = new WebSocket(url, [CHAT_PROTOCOL]);
    socket = mine;
    wait(giveUp, ANSWER_MS);
    mine.onopen = () => {
      isOpen = true;
      failures = 0;
      wait(ping, PING_MS);
      ears.opened();
    };
    mine.onmessage = ({ data }) => {
      wait(ping, PING_MS);
      if (data === PONG) return;
      const frame = parseServerFrame<InboxFrame>(data);
      if (frame) ears.heard(frame);
    };
    mine.onclose = ({ code }) => {
      // One that was given up reports late.
      if (socket === mine) lost(code);
    };
  }
  function wait(what: () => void, ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(what, ms) as unknown as number;
  }
  function ping(): void {
    socket?.send(PING);
    wait(giveUp, ANSWER_MS);
  }
  function giveUp(): void {
    const silent = socket;
    lost(0);
    silent?.close();
  }
  function lost(code: number): void {
    socket = undefined;
    isOpen = false;
    if (isOver) return;
    if (code === CLOSE_CODES.unauthenticated) {
      line.close();
      ears.ended();
      return;
    }
    wait(connect, pauseMs(failures++, Math.random()));
    ears.broken();
  }

  const line: Line = {
    send(frame) {
      if (isOpen) socket?.send(JSON.stringify(frame));
      return isOpen;
    },
    hurry() {
      if (!socket && !isOver) connect();
    },
    close() {
      isOver = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
  connect();
  return line;
}
