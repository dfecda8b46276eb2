/**
 * The v4 API's query grammar: `filter[uid][]=…`, `filter[created_at][from]=…`, `order[created_at]=asc`, arriving raw or
 * percent-encoded. Unknown parameters are ignored.
 */
import {
  INCOMING_CATEGORIES,
  type IncomingCategory,
  type IncomingQuery,
  type SummaryQuery,
} from "../../domain/incoming.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { ValidationError } from "./errors.ts";

export const LIMIT_DEFAULT = 50;
export const LIMIT_MOST = 250;
/** How far a page may lie from the start where it is asked for by number alone; `next` links go on from there. */
const DEPTH_LIMIT_ROWS = 10_000;
const UIDS_MOST = 250;

type Problems = ValidationError["errors"];
const wrong = (path: string, code: string, detail: string) => ({ code, path, detail });

/** Values of `name`, `name[]` and `name[0]`, in their order; empty ones say nothing. */
function many(query: URLSearchParams, name: string): string[] | undefined {
  const values = [...query].flatMap(([key, value]) =>
    value !== "" && (key === name || (key.startsWith(`${name}[`) && /^\[\d*\]$/.test(key.slice(name.length))))
      ? [value]
      : [],
  );
  return values.length > 0 ? values : undefined;
}

/** A whole number of one parameter; problems are added where it is anything else. */
function integer(query: URLSearchParams, name: string, problems: Problems, least = 1): number | undefined {
  const [value, another] = many(query, name) ?? [];
  if (value === undefined) return undefined;
  if (another !== undefined) problems.push(wrong(name, "TooMany", "One value is expected."));
  if (/^\d{1,15}$/.test(value) && Number(value) >= least) return Number(value);
  problems.push(wrong(name, "InvalidType", `An integer of at least ${least} is expected.`));
  return undefined;
}

function uidsOf(query: URLSearchParams, problems: Problems): string[] | undefined {
  const uids = many(query, "filter[uid]");
  if (uids && uids.length > UIDS_MOST) problems.push(wrong("filter.uid", "TooMany", `At most ${UIDS_MOST} are taken.`));
  return uids;
}

function categoriesOf(query: URLSearchParams, problems: Problems): IncomingCategory[] | undefined {
  const values = many(query, "filter[category]");
  const known = values?.filter((value): value is IncomingCategory => INCOMING_CATEGORIES.some((one) => one === value));
  if (values && known?.length !== values.length) {
    problems.push(
      wrong("filter.category", "NotSupportedChoice", `One of ${INCOMING_CATEGORIES.join(", ")} is expected.`),
    );
  }
  return known && [...new Set(known)];
}

export interface PageParameters {
  page: number;
  limit: number;
  /** Rows to pass over; none where a cursor says where the page begins. */
  skip: number;
}

/** `page` and `limit`, whose default and most are the API's own. */
export function parsePage(query: URLSearchParams, hasCursor: boolean): Result<PageParameters, ValidationError[]> {
  const problems: Problems = [];
  const page = integer(query, "page", problems) ?? 1;
  const limit = integer(query, "limit", problems) ?? LIMIT_DEFAULT;
  if (limit > LIMIT_MOST) problems.push(wrong("limit", "InvalidType", `At most ${LIMIT_MOST} is expected.`));
  const skip = hasCursor ? 0 : (page - 1) * limit;
  if (skip > DEPTH_LIMIT_ROWS) {
    problems.push(wrong("page", "TooDeep", `Follow the next links past the first ${DEPTH_LIMIT_ROWS} entities.`));
  }
  return problems.length > 0 ? fail([{ errors: problems }]) : ok({ page, limit, skip });
}

export interface ListParameters extends IncomingQuery {
  page: number;
}

export function parseList(query: URLSearchParams): Result<ListParameters, ValidationError[]> {
  const problems: Problems = [];
  const order = query.get("order[created_at]")?.toLowerCase() || "desc";
  if (order !== "asc" && order !== "desc")
    problems.push(wrong("order.created_at", "NotSupportedChoice", "asc or desc."));
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(query.get("cursor") ?? "") ?? [];
  const paging = parsePage(query, at !== undefined);
  if (!paging.ok) problems.push(...paging.failure.flatMap(({ errors }) => errors));
  const uids = uidsOf(query, problems);
  const categories = categoriesOf(query, problems);
  const pipelineId = integer(query, "filter[pipeline_id]", problems);
  if (!paging.ok || problems.length > 0) return fail([{ errors: problems }]);
  return ok({
    ...paging.value,
    order: order === "asc" ? "ascending" : "descending",
    ...(at === undefined ? {} : { after: { at: Number(at), id: Number(id) } }),
    ...(uids ? { uids } : {}),
    ...(categories ? { categories } : {}),
    ...(pipelineId === undefined ? {} : { pipelineId }),
  });
}

/** Seconds on the wire, milliseconds inside; `to` takes in the whole of its second. */
export function parseSummary(query: URLSearchParams): Result<SummaryQuery, ValidationError[]> {
  const problems: Problems = [];
  const name = "filter[created_at]";
  const from = integer(query, `${name}[from]`, problems, 0) ?? integer(query, name, problems, 0);
  const to = integer(query, `${name}[to]`, problems, 0);
  const uids = uidsOf(query, problems);
  const pipelineId = integer(query, "filter[pipeline_id]", problems);
  if (problems.length > 0) return fail([{ errors: problems }]);
  return ok({
    ...(uids ? { uids } : {}),
    ...(pipelineId === undefined ? {} : { pipelineId }),
    ...(from === undefined ? {} : { from: from * 1000 }),
    ...(to === undefined ? {} : { to: to * 1000 + 999 }),
  });
}
