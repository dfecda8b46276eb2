/** Rooms: listed, read, and acted in. */
import type { Hono } from "hono";
import { ROOMS_PAGE_LIMIT } from "../../../shared/limits.ts";
import type { RoomCommand } from "../../services/live.ts";
import { operatorOf } from "../../services/operator.ts";
import { commandRoom, findOperator, listRooms, lookAtRoom } from "../../services/rooms.ts";
import type { Deps } from "../http/app.ts";
import { problem } from "../http/problem.ts";
import { cursor, issuesProblem, page, read } from "../http/requests.ts";
import type { C, ContextFor, OperatorsEnv } from "./access.ts";
import { leadProblem, noSuchUser, roomProblem } from "./errors.ts";
import { HandOver, NewMessage, ReadUpTo, RoomListStatus, Since } from "./schemas.ts";
import { viewBody } from "./serializers.ts";

export function roomRoutes(app: Hono<OperatorsEnv>, ctx: ContextFor, deps: Deps): void {
  /** What the operator does in the room of the path. `isQuiet`: nothing of the room is answered. */
  const act = async (c: C, command: RoomCommand, isQuiet = false): Promise<Response> => {
    const { organization, actor } = c.var.caller;
    const asked = { roomId: c.req.param("room") ?? "", by: operatorOf(actor.user), command };
    const done = await commandRoom(ctx(c), organization.id, asked);
    if (!done.ok) return roomProblem(done.failure);
    return isQuiet ? c.body(null, 204) : c.json(viewBody(done.value));
  };

  app.get("/rooms", async (c) => {
    const status = RoomListStatus.safeParse(c.req.query("status") ?? "open");
    if (!status.success) return issuesProblem(status.error.issues.map((issue) => ({ ...issue, path: ["status"] })));
    const after = cursor(c);
    if (after === null) return leadProblem({ kind: "invalid-cursor" });
    const { organization, actor } = c.var.caller;
    const filter = status.data === "mine" ? { kind: "of" as const, operatorId: actor.user.id } : { kind: status.data };
    const rooms = await listRooms(ctx(c), organization.id, { filter, after });
    return page(
      c,
      rooms,
      (room) => room,
      (room) => [room.opened_at, room.room],
      ROOMS_PAGE_LIMIT,
    );
  });
  app.get("/rooms/:room", async (c) => {
    const since = Since.safeParse(c.req.query("since") ?? 0);
    if (!since.success) return problem("malformed", { detail: "since is the number of a message." });
    const seen = await lookAtRoom(ctx(c), c.var.caller.organization.id, c.req.param("room"), since.data);
    return seen.ok ? c.json(viewBody(seen.value)) : roomProblem(seen.failure);
  });

  for (const kind of ["join", "leave", "close"] as const) {
    app.post(`/rooms/:room/${kind}`, (c) => act(c, { kind, id: deps.newId() }));
  }
  app.post("/rooms/:room/hand-over", async (c) => {
    const input = await read(c, HandOver);
    if (input instanceof Response) return input;
    const { user_id: uuid } = input;
    const to = uuid ? await findOperator(ctx(c), c.var.caller.organization.id, uuid) : null;
    return to === undefined ? noSuchUser("user_id") : act(c, { kind: "hand-over", id: deps.newId(), to });
  });
  app.post("/rooms/:room/messages", async (c) => {
    const input = await read(c, NewMessage);
    if (input instanceof Response) return input;
    return act(c, { kind: "say", id: input.id, text: input.text, isPrivate: input.is_private ?? false });
  });
  app.post("/rooms/:room/read", async (c) => {
    const input = await read(c, ReadUpTo);
    return input instanceof Response ? input : act(c, { kind: "read", seq: input.seq }, true);
  });
  app.post("/rooms/:room/typing", (c) => act(c, { kind: "typing" }, true));
}
