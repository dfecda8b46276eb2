/** One message, one lead: what of it is kept, and where it is read. */
import { beforeEach, describe, expect, it } from "vitest";
import { admin, type Edge, edge, START, type Tenant, tenant } from "../../support/edge.ts";
import { deliver, mailbox, message, waiting } from "../../support/mail.ts";

let at: Edge;
let to: Tenant;
let address: string;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  address = await mailbox(at, to.id);
});

/** The only message that waits. */
async function only() {
  const [mail, ...more] = await waiting(at, to.agent.token);
  expect(more).toEqual([]);
  if (mail === undefined) throw new Error("no message waits");
  return mail;
}

/** Its lead, as the people of the organization read it. */
async function collected(): Promise<Record<string, string>> {
  const answer = await at.send("GET", `/api/v5/users/${to.agent.id}/pending_leads`, {
    token: to.agent.token,
  });
  const { results } = await answer.json<{ results: { data: Record<string, string> }[] }>();
  expect(results).toHaveLength(1);
  return results[0]?.data ?? {};
}

const multipart = (kind: string, ...parts: string[]) => ({
  headers: { "Content-Type": `multipart/${kind}; boundary="B"` },
  body: `${parts.map((part) => `--B\r\n${part}\r\n`).join("")}--B--\r\n`,
});
const TEXT = "Content-Type: text/plain; charset=utf-8\r\n\r\nThe plain words.";
const HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>The <b>rich</b> words.</p>";
const IMAGE =
  "Content-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=";

describe("what is kept of a message", () => {
  it("the keys that the document names for mail, with numbers of our own", async () => {
    const headers = { From: "Jane Doe <jane@sender.test>", Subject: "Two  doors\tplease" };
    expect(await deliver(at, address, message({ headers, body: "Hello,\r\n\r\nI need   two doors." }))).toBeNull();
    const mail = await only();
    const leadId = mail._embedded.leads[0]?.id;
    expect(mail).toMatchObject({ category: "mail", source_uid: "mail", source_name: "E-mail" });
    expect(mail.created_at).toBe(START / 1000);
    expect(mail.metadata).toMatchObject({
      from: { email: "jane@sender.test", name: "Jane Doe" },
      received_at: START / 1000,
      subject: "Two doors please",
      thread_id: leadId,
      message_id: leadId,
      content_summary: "Hello, I need two doors.",
      attachment_count: 0,
      is_cut: false,
    });
    expect(mail._embedded.companies).toEqual([]);
  });

  it("the sender is the contact and the text the message, for whoever picks leads", async () => {
    await deliver(at, address, message({ headers: { From: '"Doe, Jane" <Jane@Sender.test>' }, body: "Call me." }));
    expect(await collected()).toEqual({ name: "Doe, Jane", email: "Jane@Sender.test", message: "Call me." });
  });

  it("whoever is to be answered is the contact, and the author stays visible", async () => {
    const headers = { From: "Contact form <noreply@site.test>", "Reply-To": "Jane <jane@home.test>" };
    await deliver(at, address, message({ headers }));
    expect(await collected()).toMatchObject({ name: "Jane", email: "jane@home.test" });
    expect((await only()).metadata.from).toEqual({ email: "noreply@site.test", name: "Contact form" });
  });

  it("encoded words and foreign alphabets are read", async () => {
    const headers = { From: "=?iso-8859-1?Q?J=F6rg?= <j@sender.test>", Subject: "=?utf-8?B?VMO8cmVu?=" };
    const type = { "Content-Type": "text/plain; charset=iso-8859-1", "Content-Transfer-Encoding": "quoted-printable" };
    await deliver(at, address, message({ headers: { ...headers, ...type }, body: "Sch=F6ne T=FCren" }));
    expect(await collected()).toMatchObject({ name: "Jörg", message: "Schöne Türen" });
    expect((await only()).metadata.subject).toBe("Türen");
  });

  it("where the message names no sender, the envelope does", async () => {
    await deliver(at, address, message({ headers: { From: null } }), "jane@sender.test");
    expect(await collected()).toMatchObject({ email: "jane@sender.test" });
  });

  it("what the receiving server found is shown, of its own header only", async () => {
    const trusted = "mx.mail.test; dkim=pass header.d=sender.test; spf=softfail (who says spf=pass); dmarc=none";
    const forged = "Authentication-Results: evil.test; spf=pass; dkim=pass; dmarc=pass";
    await deliver(at, address, `Authentication-Results: ${trusted}\r\n${forged}\r\n${message()}`);
    expect((await only()).metadata.authentication).toEqual({ spf: "softfail", dkim: "pass", dmarc: "none" });
  });

  it("results that are none of the known words are not shown", async () => {
    await deliver(at, address, `Authentication-Results: mx; spf=<b>; dkim=passed\r\n${message()}`);
    expect((await only()).metadata.authentication).toEqual({ spf: null, dkim: null, dmarc: null });
  });

  it("the summary is the beginning of the text, in one line", async () => {
    await deliver(at, address, message({ body: `${"word ".repeat(200)}end` }));
    const { content_summary } = (await only()).metadata;
    expect(content_summary).toHaveLength(250);
    expect(content_summary).toMatch(/^(word )+w?o?r?d?…$/);
  });

  it("a very long text is cut, and said to be", async () => {
    await deliver(at, address, message({ body: "😀".repeat(60_000) }));
    expect((await collected()).message).toHaveLength(100_000);
    expect((await only()).metadata.is_cut).toBe(true);
  });
});

describe("text only", () => {
  it.each([
    ["the text beside HTML", multipart("alternative", TEXT, HTML), "The plain words."],
    ["HTML alone, as text", multipart("related", HTML), "The rich words."],
    ["HTML beside a text that says nothing", multipart("alternative", "\r\n \r\n", HTML), "The rich words."],
  ])("%s", async (_what, parts, words) => {
    await deliver(at, address, message(parts));
    expect((await collected()).message).toBe(words);
  });

  it("no script, style, comment or address of an image comes through", async () => {
    const html =
      "<html><head><title>T</title><style>p{}</style></head><body><script>steal()</script><p>Caf&eacute; &lt;b&gt;</p><!-- c --><img src=https://track.test/1></body></html>";
    await deliver(at, address, message({ headers: { "Content-Type": "text/html; charset=utf-8" }, body: html }));
    expect((await collected()).message).toBe("Café <b>");
  });

  it("attachments are counted and dropped", async () => {
    await deliver(at, address, message(multipart("mixed", TEXT, IMAGE, IMAGE)));
    expect((await only()).metadata.attachment_count).toBe(2);
    expect((await collected()).message).toBe("The plain words.");
    const { results } = await at.env.DB.prepare("SELECT * FROM lead").all();
    expect(JSON.stringify(results)).not.toMatch(/iVBOR|a\.png/);
  });
});

it("a lapsed subscription takes mail as ever, and shows it once it is renewed", async () => {
  at.clock.now += 366 * 86_400_000;
  expect(await deliver(at, address, message())).toBeNull();
  const subscription_until = new Date(at.clock.now + 86_400_000).toISOString();
  await admin(at, "PATCH", `/organizations/${to.id}`, { subscription_until });
  expect((await only()).metadata.subject).toMatch(/^Question/);
});

it("a message is accepted like any incoming lead", async () => {
  await deliver(at, address, message());
  const { uid } = await only();
  const options = { token: to.agent.token, scheme: "Bearer", body: {} };
  expect((await at.send("POST", `/api/v4/leads/unsorted/${uid}/accept`, options)).status).toBe(200);
  expect(await waiting(at, to.agent.token)).toEqual([]);
});

it("a message costs three round trips", async () => {
  at.resetUsage();
  await deliver(at, address, message());
  expect(at.usage.roundTrips).toBe(3);
});
