/** The entry of the page /inbox. The address names the open room, so that the browser's way back leads to the lists. */
import { render } from "preact";
import { App } from "./App.tsx";
import { createDesk } from "./desk.ts";
import { moveTo } from "./focus.ts";
import { groupsOf } from "./hear.ts";
import "./page.css";

/** How old the times on the page may be. */
const TICK_MS = 5_000;
/** Who is no further from the end of a conversation than this follows it. */
const NEAR_PX = 60;

/** Only what can be a room: the rest of the address is anybody's, and becomes part of what the server is asked. */
const ROOM_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const root = document.getElementById("inbox") as HTMLElement;
const desk = createDesk(draw, () => document.visibilityState === "visible");

function draw(): void {
  const before = document.querySelector(".log");
  const follows = !before || before.scrollHeight - before.scrollTop - before.clientHeight < NEAR_PX;
  render(<App desk={desk} />, root);
  const log = document.querySelector(".log");
  if (log && (follows || log !== before)) log.scrollTop = log.scrollHeight;
  const waiting = groupsOf(desk.state)[0]?.[1].length ?? 0;
  document.title = waiting && desk.state.phase === "signed-in" ? `(${waiting}) Inbox` : "Inbox";
}

function roomOfAddress(): string | undefined {
  const id = location.hash.slice(1);
  return ROOM_ID.test(id) ? id : undefined;
}

function follow(): void {
  const before = desk.state.conversation?.id;
  desk.open(roomOfAddress());
  if (desk.state.phase !== "signed-in") return;
  if (!desk.state.conversation) moveTo(`a[href="#${before}"]`, "#heading");
  // A touch screen's keyboard would cover what is to be read.
  else if (matchMedia("(pointer: coarse)").matches) moveTo("#who");
  else moveTo("#words", "#who");
}

root.replaceChildren();
draw();
addEventListener("hashchange", follow);
addEventListener("online", desk.hurry);
document.addEventListener("visibilitychange", () => {
  desk.hurry();
  desk.look();
});
setInterval(desk.look, TICK_MS);
desk.open(roomOfAddress());
desk.begin();
