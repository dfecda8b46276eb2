/**
 * What operators hear at once of what came in and of what was sorted. Nobody waits for it, and no failure of it is anybody
 * else's: whoever did not hear finds the same in the lists.
 *
 * An isolate tells an inbox one thing at a time, and then whatever has gathered meanwhile at once: a rush of leads is not
 * as many calls to one object, in which it would be slowest when there is most to do.
 */
import { waitUntil } from "cloudflare:workers";
import type { InboxFrame, LeadNews } from "../../shared/chat-frames.ts";
import type { LeadState } from "../domain/lead.ts";
import type { NewContact, NewLead } from "../store/capture.ts";
import type { Context } from "./context.ts";
import { type InboxDoor, inboxName, type Live } from "./live.ts";

/** All organizations are in the first one. */
const DATABASE = 0;
/** The platform ends what goes on much longer after its request; then the next request does the telling. */
const TELLING_LIMIT_MS = 5_000;

type Announcer = Pick<Context, "live">;

interface Telling {
  /** What has gathered. */
  frames: InboxFrame[];
  since: number;
}
/** By the inbox's name. */
const tellings = new WeakMap<Live, Map<string, Telling>>();

/** New leads, those of them that wait to be sorted: one message, however many. */
export function announceLeads(
  ctx: Announcer,
  organizationId: number,
  { leads, contacts }: { leads: NewLead[]; contacts: NewContact[] },
): void {
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
  if (frames.length > 0) gather(ctx, organizationId, frames);
}

/** It waits no longer. @param before the state that it was in. */
export function announceSorted(
  ctx: Announcer,
  organizationId: number,
  leadUuid: string,
  before: LeadState = "incoming",
): void {
  if (before !== "incoming") return;
  gather(ctx, organizationId, [{ t: "sorted", lead: leadUuid }]);
}

/** What a user has let in is let in no more. @param sessionId what this session alone has. */
export function announceSignOut(ctx: Announcer, organizationId: number, userUuid: string, sessionId?: string): void {
  later(ctx, organizationId, (inbox) => inbox.signOut(userUuid, sessionId));
}

/** In the order in which they come here. */
function gather(ctx: Announcer, organizationId: number, frames: InboxFrame[]): void {
  const all = tellings.get(ctx.live) ?? new Map<string, Telling>();
  tellings.set(ctx.live, all);
  const name = inboxName(DATABASE, organizationId);
  const going = all.get(name);
  const now = Date.now();
  if (going && now >= going.since && now < going.since + TELLING_LIMIT_MS) {
    going.frames.push(...frames);
    return;
  }
  // Of one that never came to its end, what had gathered goes along.
  const telling: Telling = { frames: [...(going?.frames.splice(0) ?? []), ...frames], since: now };
  all.set(name, telling);
  waitUntil(tellAll(ctx, name, all, telling));
}

async function tellAll(ctx: Announcer, name: string, all: Map<string, Telling>, telling: Telling): Promise<void> {
  while (telling.frames.length > 0) {
    const frames = telling.frames.splice(0);
    try {
      await ctx.live.inboxes.getByName(name).tell(frames);
    } catch {
      // The lists have it.
    }
  }
  // At once: whatever comes now begins anew.
  if (all.get(name) === telling) all.delete(name);
}

function later(ctx: Announcer, organizationId: number, tell: (inbox: InboxDoor) => Promise<void>): void {
  const telling = async (): Promise<void> => {
    try {
      await tell(ctx.live.inboxes.getByName(inboxName(DATABASE, organizationId)));
    } catch {
      // The lists have it.
    }
  };
  waitUntil(telling());
}
