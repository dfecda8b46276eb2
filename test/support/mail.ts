/** Messages as the platform hands them over, and what became of them. */
import { v7 } from "uuid";
import { mailHandler } from "../../worker/mail/handler.ts";
import { admin, type Edge } from "./edge.ts";

/** The organization's new address. @returns it under a domain of no meaning. */
export async function mailbox(at: Edge, organizationId: string, body: object = {}): Promise<string> {
  const path = `/organizations/${organizationId}/mail-address`;
  const { local_part } = await admin<{ local_part: string }>(at, "POST", path, body);
  return `${local_part}@mail.test`;
}

export interface MessageParts {
  headers?: Record<string, string | null>;
  body?: string;
}

let messages = 0;
/** A message of somebody; a header set to null is left out. */
export function message({ headers = {}, body = "Hello, do you deliver to Mars?" }: MessageParts = {}): string {
  messages += 1;
  const all: Record<string, string | null> = {
    From: `Ann Sender <ann.${messages}@sender.test>`,
    To: "Sales <sales@mail.test>",
    Subject: `Question ${messages}`,
    "Message-ID": `<message.${messages}@sender.test>`,
    "Content-Type": "text/plain; charset=utf-8",
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return [...lines, "", body].join("\r\n");
}

/** Delivers to an address of the envelope. @returns why it was refused, or null. */
export async function deliver(
  at: Edge,
  to: string,
  raw: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  from = "bounce@sender.test",
): Promise<string | null> {
  let refused: string | null = null;
  const setReject = (reason: string) => {
    refused = reason;
  };
  const stream = raw instanceof ReadableStream ? raw : (new Response(raw).body as ReadableStream<Uint8Array>);
  const receive = mailHandler({ now: () => at.clock.now, newId: () => v7({ msecs: at.clock.now }) });
  await receive({ from, to, raw: stream, setReject }, at.env);
  return refused;
}

export interface IncomingMail {
  uid: string;
  category: string;
  source_uid: string;
  source_name: string;
  created_at: number;
  metadata: {
    from: { email: string; name: string };
    received_at: number;
    subject: string;
    thread_id: number;
    message_id: number;
    content_summary: string;
    attachment_count: number;
    is_cut: boolean;
    authentication: Record<string, string | null>;
  };
  _embedded: { leads: { id: number }[]; contacts: { id: number }[]; companies: unknown[] };
}

/** The messages that wait to be sorted, oldest first. */
export async function waiting(at: Edge, token: string): Promise<IncomingMail[]> {
  const path = "/api/v4/leads/unsorted?limit=250&filter[category][]=mail&order[created_at]=asc";
  const answer = await at.send("GET", path, { token, scheme: "Bearer" });
  if (answer.status === 204) return [];
  if (answer.status !== 200) throw new Error(`unsorted: ${answer.status} ${await answer.text()}`);
  return (await answer.json<{ _embedded: { unsorted: IncomingMail[] } }>())._embedded.unsorted;
}
