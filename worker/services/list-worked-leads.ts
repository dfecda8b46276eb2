/** The leads that people work on, newest first, or by the beginnings of names, addresses and numbers. */
import { isAdministrator, ownLeadsOf } from "../domain/actor.ts";
import type { Organization } from "../domain/organization.ts";
import { nameKey } from "../domain/person.ts";
import { type Search, stageId, type WorkedLead, type WorkedQuery } from "../domain/worked-lead.ts";
import { commit, firstRow } from "../store/d1.ts";
import {
  countWorkedLeads,
  listWorkedLeads as list,
  searchLeads,
  type WorkedRow,
  workedLeadOf,
} from "../store/worked-leads.ts";
import type { Context } from "./context.ts";
import { pageOf } from "./page.ts";
import { stagesOfKey, statusOfStage, type Vocabulary, vocabularyOf } from "./vocabulary.ts";

/** The most people that a search looks at, in the order of the alphabet. */
export const SEARCH_LIMIT_PEOPLE = 2_000;

export interface WorkedListInput {
  /** Only the caller's own; agents see no others anyway. */
  isOwn: boolean;
  /** A user's name. */
  keeper?: string;
  /** A status's key. */
  status?: string;
  /** Beginnings, in any case. */
  firstName?: string;
  lastName?: string;
  email?: string;
  phone?: string;
  /** Start after this one, or end before that one; not for a search. */
  afterId?: number;
  beforeId?: number;
  skip: number;
  limit: number;
}

export interface WorkedPage {
  items: WorkedLead[];
  count: number;
  hasNext: boolean;
  hasPrevious: boolean;
  /** The search met more people than it looks at. */
  isPartial: boolean;
  vocabulary: Vocabulary;
}

/** @returns null where the status is none of the organization's. One round trip where its words are known. */
export async function listWorkedLeads(
  ctx: Context,
  organization: Organization,
  input: WorkedListInput,
): Promise<WorkedPage | null> {
  const vocabulary = await vocabularyOf(ctx, organization, ({ statuses }) => isKnown(statuses, input.status));
  if (!isKnown(vocabulary.statuses, input.status)) return null;
  const page = {
    ...keeperOf(ctx, input),
    stageIds: input.status === undefined ? undefined : stagesOfKey(vocabulary, input.status),
    skip: input.skip,
    limit: input.limit,
  };
  const search = searchOf(input);
  const read = search
    ? await readSearch(ctx, organization.id, search, page)
    : await readRange(ctx, organization.id, { ...page, afterId: input.afterId, beforeId: input.beforeId });
  // A stage that is younger than what is remembered: then the words are read again.
  const isTold = (known: Vocabulary) => read.items.every((lead) => statusOfStage(known, stageId(lead)));
  return { ...read, vocabulary: await vocabularyOf(ctx, organization, isTold) };
}

const isKnown = (statuses: Vocabulary["statuses"], key: string | undefined): boolean =>
  key === undefined || statuses.some((status) => status.key === key && status.role !== "incoming");

function keeperOf({ actor }: Context, input: WorkedListInput): Pick<WorkedQuery, "keeperId" | "keeperName"> {
  const self = actor.kind === "user" ? actor.user : null;
  const own = input.isOwn && isAdministrator(actor) ? self?.id : ownLeadsOf(actor);
  if (input.keeper === undefined) return { keeperId: own };
  if (input.keeper === self?.username) return { keeperId: self.id };
  // Nobody's number: of another's leads for whoever sees only the own.
  return own === undefined ? { keeperName: input.keeper } : { keeperId: -1 };
}

type Read = Omit<WorkedPage, "vocabulary">;

async function readRange(ctx: Context, organizationId: number, query: WorkedQuery): Promise<Read> {
  const [page, total] = await commit(ctx.db, [
    list(ctx.db, organizationId, query),
    countWorkedLeads(ctx.db, organizationId, query),
  ]);
  const count = firstRow<{ count: number }>(total)?.count ?? 0;
  const { rows, ...neighbours } = pageOf((page?.results ?? []) as unknown as WorkedRow[], {
    limit: query.limit,
    isBackward: query.beforeId !== undefined,
    isInside: query.afterId !== undefined || query.skip > 0,
  });
  return { items: rows.map(workedLeadOf), count, ...neighbours, isPartial: false };
}

async function readSearch(ctx: Context, organizationId: number, search: Search, query: WorkedQuery): Promise<Read> {
  const found = searchLeads(ctx.db, organizationId, search, query, SEARCH_LIMIT_PEOPLE);
  const { results } = await found.all<WorkedRow & { id: number | null; total: number; is_partial: number }>();
  const count = results[0]?.total ?? 0;
  const items = results.filter(({ id }) => id !== null).map(workedLeadOf);
  const neighbours = { hasNext: query.skip + items.length < count, hasPrevious: query.skip > 0 };
  return { items, count, ...neighbours, isPartial: results[0]?.is_partial === 1 };
}

function searchOf({ firstName, lastName, email, phone }: WorkedListInput): Search | null {
  const search: Search = {};
  const put = (key: keyof Search, text: string | undefined, beginnings: (text: string) => string[]) => {
    const tidy = nameKey(text ?? null);
    if (tidy !== null) search[key] = beginnings(tidy);
  };
  put("first_name_key", firstName, (text) => [text]);
  put("last_name_key", lastName, (text) => [text]);
  put("email_key", email, (text) => [text]);
  put("phone_key", phone, phoneBeginnings);
  return Object.keys(search).length > 0 ? search : null;
}

/** Numbers are kept in E.164 where they parse, else as their digits: who types no `+` may mean any of them. */
function phoneBeginnings(text: string): string[] {
  const digits = text.replace(/\D/g, "");
  if (text.startsWith("+")) return [`+${digits}`, `00${digits}`];
  if (digits.startsWith("00")) return [`+${digits.slice(2)}`, digits];
  return [`+${digits}`, `00${digits}`, digits];
}
