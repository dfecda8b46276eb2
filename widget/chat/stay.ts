/**
 * What of a chat outlasts a page and a connection: the room that the visitor is in, what they have seen of it, and what
 * they said until the room has it. Connects when somebody looks, or the room goes on. See `Stay`.
 */
import type { RoomFrame, VisitorFrame } from "../../shared/chat-frames.ts";
import type { FormCore } from "../form/state.ts";
import type { EventName } from "../lib/emit.ts";
import { CHAT_PREFIX } from "../lib/instance.ts";
import { recall, remember } from "../lib/storage.ts";
import { uuid } from "../lib/uuid.ts";
import { knownVisitor, visitorId } from "../lib/visitor.ts";
import { type Deed, keep, newToken, type Pending, pendingOf, TOKEN_CHARS } from "./kept.ts";
import { createLine } from "./line.ts";
import { isNews, lastOf, newRoom } from "./room.ts";
import type { Stay } from "./state.ts";

type Answering = Extract<Deed, { t: "answer" }>;

/**
 * @param hello the first frame of a connection, for this visitor.
 * @param heard called with each frame that is heard.
 */
export function createStay(
  { it, frame, url }: FormCore,
  hello: (visitor: string) => VisitorFrame,
  heard: (frame: RoomFrame) => void,
  draw: () => void,
  say: (event: EventName) => void,
): Stay {
  const { script, stop, launcher } = it;
  const key = CHAT_PREFIX + script.dataset.form;
  const visitor = knownVisitor() || uuid();
  const pending = pendingOf(key, Date.now());
  const room = newRoom([]);
  let token = "";
  let seen = 0;
  let isStarted = false;
  let isReady = false;
  let actedAt = 0;

  const isOpen = () => !launcher || (frame as HTMLDialogElement).open;
  const isSeen = () => isOpen() && !document.hidden;
  const isOwn = () => recall(key)?.startsWith(token);
  const note = () => remember(key, token + seen);

  const line = createLine({
    url: `${url}/chat`,
    signal: stop.signal,
    token: () => token,
    hello: () => hello(visitor),
    waiting: () => [
      ...[...pending].flatMap(({ deed, isRefused }) => (isRefused ? [] : deed)),
      ...(isStarted && seen ? [{ t: "read" as const, seq: seen }] : []),
    ],
    heard,
    isSeen,
    changed(isThere) {
      if (stay.isOffline === isThere) {
        stay.isOffline = !isThere;
        draw();
      }
    },
  });

  /** Goes into a room: the one that is kept, or a new one. What was said in the last one stays in sight. */
  function enter(): void {
    const kept = recall(key);
    const { status, messages } = room;
    Object.assign(room, newRoom(status === "new" ? [] : messages.map((one) => ({ ...one, seq: 0 }))));
    isStarted = !!kept;
    token = kept?.slice(0, TOKEN_CHARS) || newToken();
    seen = Number(kept?.slice(TOKEN_CHARS)) || 0;
    line.hangUp();
    connect();
  }

  function connect(): void {
    if (!isReady) return;
    if (pending.size) begin();
    if (room.status !== "closed" && (isStarted || isOpen())) line.dial();
    else line.hangUp();
  }

  function wake(): void {
    connect();
    draw();
  }

  const settle: Stay["settle"] = (hasArrived) => {
    for (const one of pending) if (hasArrived(one.deed) && pending.delete(one)) remember(one.key, null);
  };

  /** The visitor has said something: from now on there is a room, and this browser knows it. */
  function begin(): void {
    if (isStarted) return;
    isStarted = true;
    visitorId(visitor);
    note();
    say("chat-start");
  }

  const stay: Stay = {
    room,
    pending,
    isOffline: false,
    line,
    start() {
      isReady = true;
      wake();
    },
    wake,
    act(what) {
      const isSame = ({ deed }: Pending) =>
        deed.t === what.t && deed.t !== "say" && (deed as Answering).field === (what as Answering).field;
      if ([...pending].some(isSame)) return;
      const deed = { ...what, id: uuid() };
      // Another tab may have begun, or gone on.
      if (recall(key) ? !isOwn() : room.status === "closed") enter();
      begin();
      // The order in which things were done is that of their times.
      actedAt = Math.max(Date.now(), actedAt + 1);
      pending.add(keep(key, actedAt, deed));
      line.send(deed);
      draw();
      frame.querySelector(".log")?.scrollTo(0, 0);
    },
    settle,
    end() {
      if (isOwn()) remember(key, null);
      room.status = "closed";
      line.hangUp();
      settle(({ t }) => t === "close");
      // A room that was over before this page has heard anything of it is none to be shown.
      if (pending.size || (isStarted && !lastOf(room))) enter();
    },
    look() {
      const last = lastOf(room);
      if (last <= seen || !isSeen()) return;
      seen = last;
      if (isOwn()) note();
      if (isStarted) line.send({ t: "read", seq: last });
    },
    isUnseen: (message) => message.seq > seen && isNews(message),
    renew() {
      enter();
      draw();
    },
  };
  enter();
  for (const type of ["online", "visibilitychange"]) addEventListener(type, wake, stop);
  return stay;
}
