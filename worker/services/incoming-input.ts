import type { MailIdentity } from "./mail-rows.ts";

/** One incoming lead of a caller or a sender, in the words of no dialect. Times are milliseconds since 1970. */
export interface IncomingInput {
  requestId: string;
  category: "sip" | "forms" | "mail";
  sourceUid: string;
  sourceName: string;
  pipelineId?: number;
  createdAt?: number;
  metadata: Record<string, unknown>;
  /** What the call is known by; absent for forms. */
  call?: { uniq?: string; from: string; phone: string; calledAt: number; isEventNeeded: boolean };
  formId?: string;
  /** What a message is known by and answers to; absent for all else. */
  mail?: MailIdentity;
  /** The person's own words. */
  message?: string;
  lead: { name?: string; price?: number; customFields?: unknown[]; tags?: unknown[] };
  contact: {
    name?: string;
    firstName?: string;
    lastName?: string;
    email?: string;
    phone?: string;
    customFields?: unknown[];
  };
  company: { name?: string; customFields?: unknown[] } | null;
}
