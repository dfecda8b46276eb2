/**
 * What operators hear at once of what came in and of what was sorted. Nobody waits for it, and no failure of it is anybody
 * else's: whoever did not hear finds the same in the lists.
 */
import { waitUntil } from "cloudflare:workers";
import type { InboxFrame, LeadNews } from "../../shared/chat-frames.ts";
import type { LeadState } from "../domain/lead.ts";
import type { NewLeadRows } from "../store/capture.ts";
import { anyListener } from "../store/listening.ts";
import type { Context } from "./context.ts";
import { type InboxDoor, inboxName } from "./live.ts";

type Announcer = Pick<Context, "live" | "db">;

/** To be asked first in the batch that makes leads: whether somebody wants to hear of them. */
export const whoListens = (
  ctx: Announcer,
  organizationId: number,
  { incoming }: Pick<NewLeadRows, "incoming">,
): D1PreparedStatement[] => (incoming.length > 0 ? [anyListener(ctx.db, organizationId)] : []);

/**
 * New leads, those of them that wait to be sorted: one message, however many.
 * @param heard the answer to `whoListens`; undefined where it was lost.
 */
export function announceLeads(
  ctx: Announcer,
  organizationId: number,
  { leads, contacts }: Pick<NewLeadRows, "leads" | "contacts">,
  heard: D1Result | undefined,
): void {
  if (heard?.results.length === 0) return;
  const names = new Map(contacts.map((contact) => [contact.lead_uuid, contact.name]));
  const news = leads.flatMap((lead) => {
    if (lead.state !== "incoming") return [];
    const name = names.get(lead.uuid) || lead.name;
    return [{ id: lead.uuid, category: lead.category, name, received_at: lead.at }];
  });
  announceNews(ctx, organizationId, news);
}

export function announceNews(ctx: Announcer, organizationId: number, news: LeadNews[]): void {
  const frames = news.map((lead): InboxFrame => ({ t: "lead", lead }));
  if (frames.length > 0) later(ctx, organizationId, (inbox) => inbox.tell(frames));
}

/** It waits no longer. @param before the state that it was in. */
export function announceSorted(
  ctx: Announcer,
  organizationId: number,
  leadUuid: string,
  before: LeadState = "incoming",
): void {
  if (before !== "incoming") return;
  later(ctx, organizationId, (inbox) => inbox.tell([{ t: "sorted", lead: leadUuid }]));
}

/** What a user has let in is let in no more. @param sessionId what this session alone has. */
export function announceSignOut(ctx: Announcer, organizationId: number, userUuid: string, sessionId?: string): void {
  later(ctx, organizationId, (inbox) => inbox.signOut(userUuid, sessionId));
}

function later(ctx: Announcer, organizationId: number, tell: (inbox: InboxDoor) => Promise<void>): void {
  const telling = async (): Promise<void> => {
    try {
      await tell(ctx.live.inboxes.getByName(inboxName(ctx.db.number, organizationId)));
    } catch {
      // The lists have it.
    }
  };
  waitUntil(telling());
}
