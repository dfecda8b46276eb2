/** A raw message through the runtime's own e-mail route, and out of the API: the whole server, as it is deployed. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Server, startServer } from "../../support/server.ts";

let server: Server;
let organization: string;
let token: string;
beforeAll(async () => {
  server = await startServer();
  const { call } = adminOf(server);
  const subscription_until = new Date(Date.now() + 86_400_000).toISOString();
  organization = (await call<{ id: string }>("POST", "/organizations", { name: "Acme", subscription_until })).id;
  const user = { username: "ann", role: "agent", first_name: "Ann", last_name: "Doe" };
  const { id } = await call<{ id: string }>("POST", `/organizations/${organization}/users`, user);
  const credential = { kind: "user_token", user_id: id };
  token = (await call<{ secret: string }>("POST", `/organizations/${organization}/credentials`, credential)).secret;
});
afterAll(() => server?.stop());

const adminOf = ({ url, rootToken }: Server) => ({
  call: async <T>(method: string, path: string, body: object): Promise<T> => {
    const headers = { authorization: `Bearer ${rootToken}`, "content-type": "application/json" };
    const answer = await fetch(`${url}/admin/v1${path}`, { method, headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(201);
    return (await answer.json()) as T;
  },
});

const message = (subject: string) =>
  [
    "Authentication-Results: mx.mail.test; spf=pass smtp.mailfrom=sender.test; dkim=none",
    "From: Jane Doe <jane@sender.test>",
    "To: sales@mail.test",
    `Subject: ${subject}`,
    `Message-ID: <${subject}@sender.test>`,
    "Content-Type: multipart/alternative; boundary=B",
    "",
    "--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nTwo d=C3=B6rs.",
    "--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Two doors.</p>",
    "--B--",
  ].join("\r\n");

/** Hands a message to the runtime, as a mail server would. @returns what that server is told. */
async function deliver(to: string, raw: string): Promise<{ status: number; text: string }> {
  const query = new URLSearchParams({ from: "jane@sender.test", to });
  const answer = await fetch(`${server.url}/cdn-cgi/local/email?${query}`, { method: "POST", body: raw });
  return { status: answer.status, text: await answer.text() };
}

it("becomes a lead that waits; a message to nobody is refused", async () => {
  const path = `/organizations/${organization}/mail-address`;
  const { local_part } = await adminOf(server).call<{ local_part: string }>("POST", path, {});
  expect((await deliver(`${local_part}@mail.test`, message("doors"))).status).toBe(200);
  expect((await deliver(`${local_part}@mail.test`, message("doors"))).status).toBe(200);
  const stranger = `lead+${"a".repeat(26)}0000@mail.test`;
  const refused = await deliver(stranger, message("nobody"));
  expect(refused.status).toBe(400);
  expect(refused.text).toContain("There is no such recipient here.");

  const answer = await fetch(`${server.url}/api/v4/leads/unsorted`, { headers: { authorization: `Bearer ${token}` } });
  const list = (await answer.json()) as { _embedded: { unsorted: { category: string; metadata: object }[] } };
  expect(list._embedded.unsorted).toHaveLength(1);
  expect(list._embedded.unsorted[0]).toMatchObject({
    category: "mail",
    metadata: {
      from: { email: "jane@sender.test", name: "Jane Doe" },
      subject: "doors",
      content_summary: "Two dörs.",
      authentication: { spf: "pass", dkim: "none", dmarc: null },
    },
  });
});
