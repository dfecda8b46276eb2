/** The same message again, and messages that belong together. */
import { beforeEach, describe, expect, it } from "vitest";
import { admin, type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { deliver, mailbox, message, waiting } from "../../support/mail.ts";

let at: Edge;
let to: Tenant;
let address: string;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  address = await mailbox(at, to.id);
});

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const send = (headers: Record<string, string | null>, body?: string) =>
  deliver(at, address, message({ headers, body }));
const decline = async () => {
  const [mail] = await waiting(at, to.agent.token);
  const path = `/api/v4/leads/unsorted/${mail?.uid}/decline`;
  await at.send("DELETE", path, { token: to.agent.token, scheme: "Bearer", body: {} });
};
const leads = async () => (await at.env.DB.prepare("SELECT id FROM lead").all()).results.length;

describe("one message makes one lead", () => {
  it("delivered twice, one after the other: taken quietly both times", async () => {
    const raw = message();
    expect(await deliver(at, address, raw)).toBeNull();
    expect(await deliver(at, address, `Received: by another way\r\n${raw}`)).toBeNull();
    expect(await leads()).toBe(1);
  });

  it("delivered many times at the same moment", async () => {
    const raw = message();
    expect(await Promise.all(Array.from({ length: 8 }, () => deliver(at, address, raw)))).toEqual(Array(8).fill(null));
    expect(await leads()).toBe(1);
  });

  it("delivered again after its lead was sorted: a delivery whose answer was lost is no new request", async () => {
    const raw = message();
    await deliver(at, address, raw);
    await decline();
    at.clock.now += 5 * HOUR_MS;
    expect(await deliver(at, address, raw)).toBeNull();
    expect(await leads()).toBe(1);
  });

  it("delivered again days later, while it still waits", async () => {
    const raw = message();
    await deliver(at, address, raw);
    at.clock.now += 3 * DAY_MS;
    expect(await deliver(at, address, raw)).toBeNull();
    expect(await leads()).toBe(1);
  });

  it("without a Message-ID, the sender and the words are the message, until it is sorted", async () => {
    const headers = { From: "Ann <ann@sender.test>", "Message-ID": null, Subject: "Doors" };
    await send(headers, "Two doors.");
    await send({ ...headers, From: "Ann <ANN@sender.test>" }, "Two doors.");
    expect(await leads()).toBe(1);
    await send(headers, "Three doors.");
    await send({ ...headers, From: "Bob <bob@sender.test>" }, "Two doors.");
    expect(await leads()).toBe(3);
    await decline();
    await send(headers, "Two doors.");
    expect(await leads()).toBe(4);
  });

  it("two messages with the same words are two, where their Message-IDs differ", async () => {
    await send({ From: "Ann <ann@sender.test>", Subject: "Doors" });
    await send({ From: "Ann <ann@sender.test>", Subject: "Doors" });
    expect(await leads()).toBe(2);
  });

  it("another organization's message of the same Message-ID is its own", async () => {
    const other = await tenant(at);
    const raw = message();
    await deliver(at, address, raw);
    await deliver(at, await mailbox(at, other.id), raw);
    expect(await waiting(at, to.agent.token)).toHaveLength(1);
    expect(await waiting(at, other.agent.token)).toHaveLength(1);
  });
});

describe("threads", () => {
  /** For each message in the order of arrival, which message began its thread. */
  const threads = async () => {
    const mails = (await waiting(at, to.agent.token)).map(({ metadata }) => metadata);
    return mails.map(({ thread_id }) => mails.findIndex(({ message_id }) => message_id === thread_id));
  };
  const ann = { From: "Ann <ann@sender.test>" };

  it("an answer belongs to the thread of what it refers to, whoever writes it", async () => {
    await send({ ...ann, "Message-ID": "<one@x>", Subject: "Doors" });
    await send({ "Message-ID": "<two@x>", Subject: "Other", References: "<one@x> <unknown@y>" });
    await send({ "Message-ID": "<three@x>", Subject: "Third", "In-Reply-To": "<two@x>" });
    expect(await threads()).toEqual([0, 0, 0]);
  });

  it("where nothing refers, the sender's subject joins, whatever marks of answering it has", async () => {
    await send({ ...ann, Subject: "Two doors" });
    await send({ ...ann, Subject: "RE: Aw: Fwd[2]: two  Doors" });
    await send({ ...ann, Subject: "Three doors" });
    await send({ From: "Bob <bob@sender.test>", Subject: "Re: Two doors" });
    expect(await threads()).toEqual([0, 0, 2, 3]);
  });

  it("messages without a subject, and of long ago, are not joined by it", async () => {
    await send({ ...ann, Subject: "Re:" });
    await send({ ...ann, Subject: "" });
    await send({ ...ann, Subject: "Doors" });
    at.clock.now += 31 * DAY_MS;
    await send({ ...ann, Subject: "Doors" });
    expect(await threads()).toEqual([0, 1, 2, 3]);
  });

  it("a thread of another organization is never joined", async () => {
    const other = await tenant(at);
    await deliver(at, await mailbox(at, other.id), message({ headers: { ...ann, "Message-ID": "<one@x>" } }));
    await send({ ...ann, "In-Reply-To": "<one@x>" });
    expect(await threads()).toEqual([0]);
  });

  it("a new key in front of the ring parts no thread", async () => {
    const headers = { ...ann, "Message-ID": "<one@x>", Subject: "Doors" };
    await send(headers);
    const keys = `k2:${"QUJD".repeat(12)},${at.env.FOYER_HMAC_KEYS}`;
    const rotated = { ...at, env: { ...at.env, FOYER_HMAC_KEYS: keys } };
    await deliver(rotated, address, message({ headers: { "In-Reply-To": "<one@x>" } }));
    await deliver(rotated, address, message({ headers: { ...ann, Subject: "Re: Doors" } }));
    expect(await threads()).toEqual([0, 0, 0]);
  });
});

it("a purge leaves nothing of a message but its times", async () => {
  const headers = {
    From: "Secretname <secretmail@sender.test>",
    Subject: "Secretsubject",
    "Message-ID": "<secretid@x>",
    References: "<secretreference@x>",
  };
  await send(headers, "Secretwords");
  const { id } = (await at.env.DB.prepare("SELECT uuid AS id FROM lead").first<{ id: string }>()) ?? {};
  await admin(at, "POST", `/organizations/${to.id}/purge`, { lead_id: id });
  const tables = await at.env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all<{ name: string }>();
  for (const { name } of tables.results.filter((table) => !/^(_cf_|sqlite_)/.test(table.name))) {
    const { results } = await at.env.DB.prepare(`SELECT * FROM "${name}"`).all();
    expect(JSON.stringify(results), name).not.toMatch(/secret(name|mail|subject|id|reference|words)/i);
  }
  const [mail] = await waiting(at, to.agent.token);
  const times = Object.entries(mail?.metadata ?? {}).filter(([, value]) => value !== null);
  expect(times.map(([key]) => key)).toEqual(["received_at"]);
  const kept = await at.env.DB.prepare("SELECT message_key, subject_key FROM mail_message").all();
  expect(kept.results).toEqual([{ message_key: null, subject_key: null }]);
});
