import { beforeEach, describe, expect, it } from "vitest";
import { CONTACT_FIELDS, type Edge, edge, form, somebody, type Tenant, tenant } from "../../support/edge.ts";
import { count, row } from "../../support/rows.ts";

let at: Edge;
let to: Tenant;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
});

type Values = Record<string, string | File>;
const FIREFOX = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" };

function multipart(values: Values): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.append(name, value);
  return body;
}
const send = (id: string, body: FormData | URLSearchParams, headers: Record<string, string> = {}) =>
  at.send("POST", `/v1/forms/${id}/leads`, { body, headers: { ...FIREFOX, ...headers } });
const urlencoded = (id: string, values: Record<string, string>) => send(id, new URLSearchParams(values));

describe("a plain HTML post", () => {
  it.each(["urlencoded", "multipart"])("as %s is a lead, and goes on to the form's thanks page", async (kind) => {
    const values = { name: "Ann Lee", email: "ann@example.org", message: "Hi.\r\nThere.", submit: "Send", csrf: "x" };
    const body = kind === "multipart" ? multipart(values) : new URLSearchParams(values);
    const response = await send(to.formId, body, { referer: "https://shop.example/contact" });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(`https://foyer.test/v1/forms/${to.formId}/thanks`);
    const lead = await row("SELECT message, page_url, browser, visitor_id FROM lead");
    const page_url = "https://shop.example/contact";
    expect(lead).toEqual({ message: "Hi.\r\nThere.", page_url, browser: "Firefox", visitor_id: null });
  });

  it("goes on to the form's own thank-you address, whatever the request says", async () => {
    const id = await form(at, to.id, { thank_you_url: "https://shop.example/thanks" });
    const next = { redirect: "https://evil.test", next: "https://evil.test", thank_you_url: "https://evil.test" };
    const response = await urlencoded(id, { ...somebody(), ...next });
    expect(response.headers.get("location")).toBe("https://shop.example/thanks");
  });

  it("may be repeated, by a reload or by another: the same 303, and one lead", async () => {
    const values = somebody();
    const answers = [await urlencoded(to.formId, values), await urlencoded(to.formId, values)];
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(answers[1]?.headers.get("location")).toBe(answers[0]?.headers.get("location"));
    expect([await count("lead"), await count("duplicate_attempt", "count = 1")]).toEqual([1, 1]);
  });

  it("with boxes that are ticked and not, and consent", async () => {
    const fields = [...CONTACT_FIELDS, ...["news", "call"].map((name) => ({ name, type: "checkbox", label: name }))];
    const id = await form(at, to.id, { fields, consent: { version: "3", text: "I agree." } });
    const response = await urlencoded(id, { ...somebody(), news: "on", consent: "on" });
    expect(response.status).toBe(303);
    const { answers, consent } = await row("SELECT answers, consent FROM lead");
    expect(JSON.parse(answers as string)).toContainEqual({ name: "news", value: true });
    expect(answers).not.toContain("call");
    expect(JSON.parse(consent as string)).toEqual({ version: "3", given: true, at: at.clock.now });
    expect((await urlencoded(id, somebody())).status).toBe(422);
  });

  it("that cannot be read is a problem", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const response = await at.send("POST", `/v1/forms/${to.formId}/leads`, { body: "nothing", headers });
    expect(response.status).toBe(400);
  });

  it("with a file in the place of an answer is refused, and the file kept nowhere", async () => {
    const file = new File(["secret content"], "cv.txt");
    const response = await send(to.formId, multipart({ email: "a@b.example", message: file }));
    expect(response.status).toBe(422);
    expect(await count("lead")).toBe(0);
    const other = await send(to.formId, multipart({ email: "a@b.example", attachment: file }));
    expect(other.status).toBe(303);
  });

  it("with the honeypot filled in is thanked and held", async () => {
    const response = await urlencoded(to.formId, { ...somebody(), homepage: "https://spam.test" });
    expect(response.status).toBe(303);
    expect(await row("SELECT state, spam FROM lead")).toEqual({ state: "held", spam: '["honeypot"]' });
  });
});

describe("a page for people without script", () => {
  const HOSTILE = `<script>alert(1)</script>"'&`;
  const hostileForm = () =>
    form(at, to.id, {
      fields: [{ name: "email", type: "email", label: HOSTILE, required: true }],
      texts: { thanks_title: HOSTILE, thanks_text: HOSTILE },
    });

  it("says what is wrong in words, escapes everything, and repeats nothing that was entered", async () => {
    const response = await urlencoded(await hostileForm(), { email: "<b>entered</b>" });
    expect(response.status).toBe(422);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const page = await response.text();
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;</b>: Enter an e-mail address");
    expect(page).not.toContain("<script");
    expect(page).not.toContain("entered</b>");
  });

  it("thanks with the form's words, escaped, and may load and run nothing", async () => {
    const response = await at.send("GET", `/v1/forms/${await hostileForm()}/thanks`);
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain("<h1>&lt;script&gt;");
    expect(page).not.toContain("<script");
    const policy = response.headers.get("content-security-policy") as string;
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; frame-ancestors 'none'; base-uri 'none'$/,
    );
  });

  it("says when to try again past a limit", async () => {
    const id = await form(at, to.id, { rate_limit_per_minute: 1 });
    await urlencoded(id, somebody());
    const response = await urlencoded(id, somebody());
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(await response.text()).toContain("try again in 60 seconds");
  });
});
