/** What a room does by itself once it is due: it ends when nobody says anything, and forgets itself when it has ended. */
import { ROOM_IDLE_MS } from "../../shared/limits.ts";
import { abandonRoom } from "../services/open-room.ts";
import { LINGER_MS } from "./room-alarm.ts";
import type { RoomKeeper } from "./room-keeper.ts";
import type { Opening } from "./room-log.ts";
import { isDirty } from "./room-state.ts";
import { end } from "./room-turn.ts";

/** Does whatever is due, and nothing too early. */
export async function doDue(keeper: RoomKeeper, now: number): Promise<void> {
  const { state } = keeper;
  if (state === null) {
    const opening = keeper.log.readOpening();
    if (opening) await takeBack(keeper, opening);
    if (keeper.tombstone || !keeper.sockets.isAny()) await keeper.vanish();
  } else if (state.closedAt !== null) {
    if (!isDirty(state) && now >= state.closedAt + LINGER_MS) await keeper.forget();
  } else if (now >= state.lastAt + ROOM_IDLE_MS) {
    await keeper.change(now, (turn) => end(turn, "idle"));
  }
}

/** A room that was opened and never began: nothing was said in it, and whoever comes again opens it anew. */
async function takeBack(keeper: RoomKeeper, { roomId, formId, organizationId }: Opening): Promise<void> {
  await abandonRoom(keeper.context({ formId, visit: { visitorId: null } }), organizationId, roomId);
  keeper.log.keepOpening(null);
}
