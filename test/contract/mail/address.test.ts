/** Where an organization's mail comes to, and that nothing comes in elsewhere. */
import { beforeEach, describe, expect, it } from "vitest";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { deliver, mailbox, message, waiting } from "../../support/mail.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

const ask = (method: string, token: string, body?: object) =>
  at.send(method, `/admin/v1/organizations/${to.id}/mail-address`, { token, scheme: "Bearer", body });
const rows = async () => {
  const tables = ["lead", "contact", "incoming_lead", "mail_message", "claim", "idempotency", "lead_event"];
  const counts = await at.env.DB.batch<{ n: number }>(
    tables.map((table) => at.env.DB.prepare(`SELECT count(*) AS n FROM ${table}`)),
  );
  return counts.reduce((sum, { results }) => sum + (results[0]?.n ?? 0), 0);
};

describe("the address", () => {
  it("is none until it is made, and unguessable then", async () => {
    expect((await ask("GET", to.admin.token)).status).toBe(404);
    const made = await ask("POST", to.admin.token, {});
    expect(made.status).toBe(201);
    const body = await made.json<{ local_part: string }>();
    // 130 bits of chance, and the number of the database. RFC 5321 takes 64 characters.
    expect(body.local_part).toMatch(/^lead\+[a-z2-7]{26}0000$/);
    expect(await (await ask("GET", to.admin.token)).json()).toEqual(body);
  });

  it("is administrators' own business", async () => {
    const other = await tenant(at);
    expect((await ask("GET", to.agent.token)).status).toBe(403);
    expect((await ask("POST", other.admin.token, {})).status).toBe(404);
  });

  it.each([{ overlap_days: -1 }, { overlap_days: 91 }, { overlap_days: 1.5 }, { days: 3 }])(
    "is not made of %j",
    async (body) => {
      expect((await ask("POST", to.admin.token, body)).status).toBe(422);
    },
  );

  it("takes mail with and without `lead+`, in any case and under any domain", async () => {
    const [local = ""] = (await mailbox(at, to.id)).split("@");
    for (const each of [local, local.replace("lead+", ""), local.toUpperCase(), local.replace("lead", "sales+de")]) {
      expect(await deliver(at, `${each}@${crypto.randomUUID()}.test`, message())).toBeNull();
    }
    expect(await waiting(at, to.agent.token)).toHaveLength(4);
  });
});

describe("an unknown recipient is refused, and nothing is stored", () => {
  const strange: [string, (address: string) => string][] = [
    ["another token", (address) => address.replace(/\+./, (start) => (start === "+a" ? "+b" : "+a"))],
    ["a token of another database", (address) => address.replace("0000@", "0001@")],
    ["no token", () => "lead@mail.test"],
    ["a token as the domain", (address) => `lead@${address.split("@")[0]}`],
    ["no address", () => ""],
    ["SQL", () => "lead+' OR 1=1 --@mail.test"],
    ["a long one", () => `lead+${"a".repeat(100_000)}@mail.test`],
    ["a lone surrogate", () => "lead+\ud800@mail.test"],
  ];
  it.each(strange)("%s", async (_what, to_) => {
    const address = to_(await mailbox(at, to.id));
    expect(await deliver(at, address, message())).toMatch(/no such recipient/);
    expect(await rows()).toBe(0);
  });

  it("the message is not even read", async () => {
    const raw = new ReadableStream<Uint8Array>(
      {
        pull() {
          throw new Error("read");
        },
      },
      { highWaterMark: 0 },
    );
    expect(await deliver(at, "lead@mail.test", raw)).toMatch(/no such recipient/);
  });
});

describe("a new address", () => {
  it("takes the place of the former one at once", async () => {
    const [first, second] = [await mailbox(at, to.id), await mailbox(at, to.id)];
    expect(await deliver(at, first, message())).toMatch(/no such recipient/);
    expect(await deliver(at, second, message())).toBeNull();
  });

  it("lets the former ones go on for as long as is said, and no longer", async () => {
    const first = await mailbox(at, to.id);
    const second = await mailbox(at, to.id, { overlap_days: 30 });
    await mailbox(at, to.id, { overlap_days: 90 });
    at.clock.now += 30 * 86_400_000 - 1;
    expect(await deliver(at, first, message())).toBeNull();
    at.clock.now += 1;
    expect(await deliver(at, first, message())).toMatch(/no such recipient/);
    expect(await deliver(at, second, message())).toBeNull();
  });

  it("is one of many made at the same moment, and the only one that stays", async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => mailbox(at, to.id)));
    const path = `/organizations/${to.id}/mail-address`;
    const { local_part } = await admin<{ local_part: string }>(at, "GET", path);
    const taken = await Promise.all(made.map((address) => deliver(at, address, message())));
    expect(made.filter((_, index) => taken[index] === null)).toEqual([`${local_part}@mail.test`]);
  });
});

it("mail comes to the organization of its address and to no other", async () => {
  const other = await tenant(at);
  await mailbox(at, to.id);
  await deliver(at, await mailbox(at, other.id), message());
  expect(await waiting(at, to.agent.token)).toEqual([]);
  expect(await waiting(at, other.agent.token)).toHaveLength(1);
});
