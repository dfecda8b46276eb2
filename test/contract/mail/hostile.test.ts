/** Whatever is sent, the handler takes it or refuses it; only an outage makes it throw, and then nothing is written. */
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import {
  ANSWER_LIMIT_CHARS,
  EMAIL_LIMIT_CHARS,
  MAIL_READ_LIMIT_BYTES,
  MAIL_REFERENCES_LIMIT,
  MAIL_SUBJECT_LIMIT_CHARS,
  MAIL_TEXT_LIMIT_CHARS,
  MESSAGE_ID_LIMIT_CHARS,
} from "../../../shared/limits.ts";
import type { Mail } from "../../../worker/domain/mail.ts";
import { contentSummary, subjectStem } from "../../../worker/domain/mail.ts";
import { parseMail } from "../../../worker/mail/parse-mail.ts";
import { type Edge, edge, type Tenant, tenant } from "../../support/edge.ts";
import { deliver, mailbox, message, waiting } from "../../support/mail.ts";

let at: Edge;
let to: Tenant;
let address: string;
beforeEach(async () => {
  at = edge();
  to = await tenant(at);
  address = await mailbox(at, to.id);
});

const bytes = (text: string) => new TextEncoder().encode(text);
const leads = async () => (await at.env.DB.prepare("SELECT id FROM lead").all()).results.length;

/** Every text of a message is bounded and well-formed, and nothing of it is of another type. */
function expectSound(mail: Mail): void {
  const texts: [string | null | undefined, number][] = [
    [mail.messageId, MESSAGE_ID_LIMIT_CHARS],
    [mail.subject, MAIL_SUBJECT_LIMIT_CHARS],
    [mail.text, MAIL_TEXT_LIMIT_CHARS],
    [mail.from.name, ANSWER_LIMIT_CHARS],
    [mail.from.email, EMAIL_LIMIT_CHARS],
    [mail.replyTo?.name, ANSWER_LIMIT_CHARS],
    [mail.replyTo?.email, EMAIL_LIMIT_CHARS],
    ...mail.references.map((id): [string, number] => [id, MESSAGE_ID_LIMIT_CHARS]),
  ];
  for (const [text, limit] of texts) {
    if (text === null || text === undefined) continue;
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toContain("\0");
    expect(text.length).toBeLessThanOrEqual(limit);
  }
  expect(mail.references.length).toBeLessThanOrEqual(MAIL_REFERENCES_LIMIT);
  expect(mail.attachmentCount).toBeGreaterThanOrEqual(0);
}

// biome-ignore format: a list of pieces
const PIECES = [
  "From: ", "Reply-To: ", "Subject: ", "Message-ID: ", "References: ", "In-Reply-To: ", "Authentication-Results: ",
  "Content-Type: multipart/mixed; boundary=B", "Content-Type: multipart/alternative; boundary=", "Content-Type: text/html",
  "Content-Type: text/plain; charset=nonsense", "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64",
  "Content-Transfer-Encoding: quoted-printable", "Content-Disposition: attachment", "Date: never",
  "\r\n", "\r\n\r\n", "\n", "\r", "--B\r\n", "--B--\r\n", "--\r\n", "=?utf-8?B?", "=?utf-8?Q?=ED=A0=80?=", "?=", "=ED=A0=80", "=00",
  "<a@b.test>", "<", ">", '"', "(", ")", ":", ";", ",", "@", "group: a@b.test, c@d.test;", "\0", "\u{1F600}", "ÿ", "&#xD800;",
  "&#0;", "<p>", "<script>", "<!--", "Re: ", "a", " ", "\t",
];
const soup = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
    ),
    {
      maxLength: 60,
    },
  )
  .map((pieces) => bytes(pieces.join("")));

describe("the parser's boundary", () => {
  it("any bytes are a sound message, or none", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(soup, fc.uint8Array({ maxLength: 2_000 })),
        fc.string({ unit: "binary" }),
        async (raw, sender) => {
          const mail = await parseMail(raw, false, sender);
          if (mail !== null) expectSound(mail);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it("a message that ends anywhere is a sound message", async () => {
    const whole = bytes(
      message({
        headers: {
          "Content-Type": 'multipart/mixed; boundary="B"',
          References: "<a@x> <b@x>",
          "Reply-To": "J <j@x.test>",
        },
        body: "--B\r\nContent-Type: text/html\r\n\r\n<p>Words</p>\r\n--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--B--\r\n",
      }),
    );
    for (let end = 0; end <= whole.length; end += 1) {
      const mail = await parseMail(whole.slice(0, end), true, "");
      expect(mail?.isCut).toBe(true);
      if (mail) expectSound(mail);
    }
  });

  it("of many references, the first and the last are kept", async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `${index}@x`);
    const headers = { References: ids.map((id) => `<${id}>`).join(" "), "In-Reply-To": "<199@x>" };
    const mail = await parseMail(bytes(message({ headers })), false, "");
    expect(mail?.references).toEqual(["0@x", ...ids.slice(1 - MAIL_REFERENCES_LIMIT)]);
  });

  it("a subject's stem is the same after any number of answers", () => {
    const marks = fc.array(fc.constantFrom("Re: ", "RE:", "Aw: ", "Fwd[3]: ", "fw: ", "VS: "), { maxLength: 8 });
    fc.assert(
      fc.property(fc.tuple(marks, fc.string({ unit: "grapheme" })), ([answers, subject]) => {
        expect(subjectStem(answers.join("") + subject)).toBe(subjectStem(subject));
        expect(contentSummary(subject).length).toBeLessThanOrEqual(250);
      }),
    );
  });
});

describe("hostile messages", () => {
  const repeat = (text: string, times: number) => text.repeat(times);
  const nested = (levels: number) => {
    const open = Array.from(
      { length: levels },
      (_, at_) => `Content-Type: multipart/mixed; boundary=B${at_}\r\n\r\n--B${at_}\r\n`,
    );
    return `From: a@b.test\r\n${open.join("")}\r\nwords`;
  };
  const messages: [string, () => string][] = [
    ["nothing", () => ""],
    ["a NUL", () => "\0"],
    ["no headers", () => "\r\n\r\nwords"],
    ["headers without end", () => repeat("X: y\r\n", 100_000)],
    ["one huge header", () => `Subject: ${repeat("a", 1_000_000)}\r\n\r\nwords`],
    ["a subject at the limit of headers", () => `Subject: ${repeat("a", 200_000)}\r\n\r\nwords`],
    ["addresses without end", () => `From: ${repeat("a@b.test,", 20_000)}\r\n\r\nwords`],
    ["brackets without end", () => `From: ${repeat("<", 200_000)}\r\n\r\nwords`],
    ["quotes without end", () => `From: ${repeat('"', 200_001)}\r\n\r\nwords`],
    ["references without end", () => `References: ${repeat("<a@b> ", 30_000)}\r\n\r\nwords`],
    ["encoded words without end", () => `Subject: ${repeat("=?utf-8?q?a?= ", 10_000)}\r\n\r\nwords`],
    ["parts in parts", () => nested(500)],
    ["messages in messages", () => repeat("Content-Type: message/rfc822\r\n\r\n", 5_000)],
    ["a multipart without parts", () => "Content-Type: multipart/mixed; boundary=B\r\n\r\n"],
    [
      "parts without end",
      () => `Content-Type: multipart/mixed; boundary=B\r\n\r\n${repeat("--B\r\n\r\nx\r\n", 20_000)}`,
    ],
    ["open tags without end", () => `Content-Type: text/html\r\n\r\n${repeat("<a ", 200_000)}`],
    ["entities without end", () => `Content-Type: text/html\r\n\r\n${repeat("&", 500_000)}`],
    ["white space without end", () => `Content-Type: text/plain\r\n\r\n${repeat(" ", 2_000_000)}x`],
    ["lines without end", () => `Content-Type: text/plain\r\n\r\n${repeat("\r\n", 500_000)}x`],
    ["an unknown charset", () => "Content-Type: text/plain; charset=klingon\r\n\r\nwords"],
    ["a key called __proto__", () => "__proto__: x\r\nconstructor: y\r\n\r\nwords"],
    [
      "surrogates and NULs in words",
      () => "Subject: =?utf-8?Q?=ED=A0=80=00?=\r\nContent-Type: text/html\r\n\r\n&#xD800;&#0;\0",
    ],
    ["UTF-7 and UTF-16", () => "Content-Type: text/plain; charset=utf-16le\r\n\r\n\u0001\u00d8x"],
  ];
  it.each(messages)("%s: a sound lead or a refusal, soon", async (_what, raw) => {
    const start = performance.now();
    const refused = await deliver(at, address, raw());
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(await leads()).toBe(refused === null ? 1 : 0);
    for (const mail of await waiting(at, to.agent.token)) expect(JSON.stringify(mail).isWellFormed()).toBe(true);
  });

  it("a refusal says so: parts beyond every measure", async () => {
    expect(await deliver(at, address, nested(500))).toBe("The message cannot be read.");
  });

  it("of a message of 30 MB the beginning is read, and its words are kept", async () => {
    const head = message({
      headers: { "Content-Type": "multipart/mixed; boundary=B" },
      body: "--B\r\nContent-Type: text/plain\r\n\r\nSee the picture.\r\n--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n",
    });
    const line = bytes(`${"QUJD".repeat(19)}\r\n`.repeat(800));
    let read = 0;
    const raw = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes(head)),
      pull(controller) {
        read += line.length;
        if (read < 30_000_000) controller.enqueue(line);
        else controller.close();
      },
    });
    expect(await deliver(at, address, raw)).toBeNull();
    expect(read).toBeLessThan(MAIL_READ_LIMIT_BYTES + 3 * line.length);
    const [mail] = await waiting(at, to.agent.token);
    expect(mail?.metadata).toMatchObject({ is_cut: true, attachment_count: 1, content_summary: "See the picture." });
  });
});

describe("an outage puts a message off", () => {
  const failing = (method: "batch" | "prepare"): Edge => {
    const DB = new Proxy(at.env.DB, {
      get: (db, key) => {
        if (key === method) throw new Error("D1_ERROR: Network connection lost.");
        const value = Reflect.get(db, key);
        return typeof value === "function" ? value.bind(db) : value;
      },
    });
    return { ...at, env: { ...at.env, DB } };
  };

  it.each(["batch", "prepare"] as const)("where the database fails in %s", async (method) => {
    const raw = message();
    await expect(deliver(failing(method), address, raw)).rejects.toThrow("Network connection lost");
    expect(await leads()).toBe(0);
    expect(await deliver(at, address, raw)).toBeNull();
    expect(await leads()).toBe(1);
  });

  it("where the message breaks off on its way", async () => {
    const raw = new ReadableStream<Uint8Array>({
      pull() {
        throw new Error("connection lost");
      },
    });
    await expect(deliver(at, address, raw)).rejects.toThrow("connection lost");
    expect(await leads()).toBe(0);
  });
});
