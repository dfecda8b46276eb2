/**
 * A message becomes a lead that waits to be sorted: once, however often it is delivered. It waits in the main pipeline;
 * a lapsed subscription changes nothing, since nothing may be lost.
 */
import type { LeadFailure } from "../domain/failure.ts";
import { contentSummary, correspondent, type Mail } from "../domain/mail.ts";
import { ok, type Result } from "../domain/result.ts";
import { addIncoming } from "./add-incoming.ts";
import type { Context } from "./context.ts";
import type { Idempotency } from "./idempotency.ts";
import type { IncomingInput } from "./incoming-input.ts";
import { hmacs } from "./key-ring.ts";

/** Every message of an organization comes from the same source, whatever its address is today. */
const SOURCE = { uid: "mail", name: "E-mail" } as const;

/**
 * @returns whether it was known: delivered in the last 24 hours, or its twin still waits. Then nothing is written.
 * @throws where the database does not answer: the sending server is to try again.
 */
export async function receiveMail(
  ctx: Context,
  organizationId: number,
  mail: Mail,
): Promise<Result<{ isKnown: boolean }, LeadFailure>> {
  const { messageId } = mail;
  // A delivery whose answer was lost comes again under the same Message-ID, even when its lead was sorted meanwhile.
  const delivery = messageId === null ? null : deliveryKey(ctx, messageId);
  const result = await addIncoming(ctx, organizationId, [inputOf(ctx, mail)], delivery);
  if (result.ok) return ok({ isKnown: result.value.isReplay });
  return result.failure.kind === "duplicates" ? ok({ isKnown: true }) : result;
}

function deliveryKey(ctx: Context, messageId: string): Idempotency {
  const [key = "", ...olderKeys] = hmacs(ctx.keys, "mail message", messageId);
  return { scope: "mail", key, olderKeys, content: messageId };
}

function inputOf(ctx: Context, mail: Mail): IncomingInput {
  const who = correspondent(mail);
  return {
    requestId: "0",
    category: "mail",
    sourceUid: SOURCE.uid,
    sourceName: SOURCE.name,
    metadata: {
      from: { email: mail.from.email ?? "", name: mail.from.name },
      received_at: Math.floor(ctx.now / 1000),
      subject: mail.subject,
      // Numbers of our own, which only the database can give: see insertMails.
      thread_id: null,
      message_id: null,
      content_summary: contentSummary(mail.text),
      attachment_count: mail.attachmentCount,
      is_cut: mail.isCut,
      authentication: mail.checks,
    },
    mail: { messageId: mail.messageId, references: mail.references, sender: who.email ?? "", subject: mail.subject },
    message: mail.text,
    lead: { name: mail.subject || undefined },
    contact: { name: who.name || undefined, email: who.email ?? undefined },
    company: null,
  };
}
