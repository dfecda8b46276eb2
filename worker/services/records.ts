/** Leads, contacts, companies, pipelines and people, to be read by number. */
import type { LeadRecord } from "../domain/entities.ts";
import type { User } from "../domain/organization.ts";
import { commit } from "../store/d1.ts";
import { getRecord as get, listRecords as list, type RecordRow, recordOf } from "../store/lead-records.ts";
import { findUserById, listUsers } from "../store/people.ts";
import { listPipelines, type PipelineRow, type StatusRow } from "../store/pipelines.ts";
import type { Context } from "./context.ts";

export interface RecordPage {
  afterId: number;
  limit: number;
  skip: number;
}

/** Only what somebody works on or closed: what still waits, and what lies in the trash, is in no list. */
export async function listRecords(
  ctx: Context,
  organizationId: number,
  page: RecordPage,
  withCompany: boolean,
): Promise<{ items: LeadRecord[]; hasNext: boolean }> {
  const { results } = await list(ctx.db, organizationId, { ...page, withCompany }).all<RecordRow>();
  return { items: results.slice(0, page.limit).map(recordOf), hasNext: results.length > page.limit };
}

/** Waiting, worked on or in the trash; null for nothing, and for another organization's. */
export async function getRecord(ctx: Context, organizationId: number, id: number): Promise<LeadRecord | null> {
  const row = await get(ctx.db, organizationId, id).first<RecordRow>();
  return row === null ? null : recordOf(row);
}

export interface Pipeline extends PipelineRow {
  statuses: StatusRow[];
}

export async function readPipelines(ctx: Context, organizationId: number): Promise<Pipeline[]> {
  const [pipelines, statuses] = await commit(ctx.db, listPipelines(ctx.db, organizationId));
  const all = (statuses?.results ?? []) as unknown as StatusRow[];
  return ((pipelines?.results ?? []) as unknown as PipelineRow[]).map((pipeline) => ({
    ...pipeline,
    statuses: all.filter((status) => status.pipeline_id === pipeline.id),
  }));
}

/** A page of people by number, and one more. */
export const listPeople = (ctx: Context, organizationId: number, afterId: number, limit: number): Promise<User[]> =>
  listUsers(ctx.db, organizationId, afterId, limit);

export const getPerson = (ctx: Context, organizationId: number, id: number): Promise<User | null> =>
  findUserById(ctx.db, organizationId, id);
