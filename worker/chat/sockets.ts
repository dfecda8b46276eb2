/** What both kinds of sockets are told, and how they end. */
import type { InboxFrame, RoomFrame } from "../../shared/chat-frames.ts";

/** A socket that is gone already hears nothing; whoever opens the next one asks for what it missed. */
export function send(socket: WebSocket, frames: readonly (RoomFrame | InboxFrame)[]): void {
  try {
    for (const frame of frames) socket.send(JSON.stringify(frame));
  } catch {
    close(socket, 1011);
  }
}

export function close(socket: WebSocket, code: number): void {
  try {
    socket.close(code);
  } catch {
    // It is closed.
  }
}
