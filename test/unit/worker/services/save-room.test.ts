/** A room's state reaches the database once, in order, and makes one lead. */
import { beforeEach, describe, expect, it } from "vitest";
import { saveRoom } from "../../../../worker/services/save-room.ts";
import { type Edge, edge, type Tenant, tenant } from "../../../support/edge.ts";
import { count, dump, row } from "../../../support/rows.ts";
import { type Opened, opened, visiting } from "../../../support/talks.ts";

let at: Edge;
let to: Tenant;
let room: Opened;
beforeEach(async () => {
  at = edge();
  to = await tenant(at, { form: { mode: "chat" } });
  room = await opened(at, to.formId, "the-visitor");
});

const save = (state: Opened) => saveRoom(visiting(at), state);
const ADA = { name: "Ada Lovelace", email: "ada@example.com" };

describe("before there is anybody to answer", () => {
  it("a room is kept, and no lead", async () => {
    const saved = await save(room.next({ status: "waiting" }));
    expect(saved).toEqual({ lead: null, isEmptied: false });
    expect([await count("lead"), (await row("SELECT status, version FROM room")).status]).toEqual([0, "waiting"]);
  });
});

describe("when a name, a phone or an e-mail is known", () => {
  it("the lead is born with its contact, its claim, its place in the queue, and the room", async () => {
    const saved = await save(room.next({ said: ADA }));
    expect(saved.lead).toEqual({ uuid: room.leadUuid, person: { ...ADA, phone: null } });
    expect(await row("SELECT state, category, source, room_id, visitor_id, name FROM lead")).toEqual({
      ...{ state: "incoming", category: "chats", source: "chat", name: "Ada Lovelace" },
      ...{ room_id: room.roomId, visitor_id: "the-visitor" },
    });
    expect([await count("claim"), await count("incoming_lead"), await count("room", "lead_id = 1")]).toEqual([1, 1, 1]);
  });

  it("the same state again changes nothing", async () => {
    const born = room.next({ said: ADA });
    const first = await save(born);
    const before = await dump();
    expect(await save(born)).toEqual(first);
    expect(await save(room.next({ said: { name: "Somebody" } }))).toEqual(first);
    expect(await dump()).toEqual(before);
  });
});
