/**
 * Pipelines and their statuses, as an organization sets them up. Each pipeline has one status in which leads wait, one in
 * which work starts and one in which it ends; what a lead or a form uses stays.
 */
import { PIPELINES_LIMIT } from "../../shared/limits.ts";
import type { FieldProblem } from "../domain/failure.ts";
import { MAIN_STATUSES, type StatusSeed, statusProblems } from "../domain/pipeline.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { brokenRule, commit, firstRow } from "../store/d1.ts";
import {
  insertPipeline,
  insertStatus,
  deletePipeline as remove,
  deleteStatus as removeStatus,
  type StatusPlace,
  type StatusRow,
  updatePipeline as update,
  updateStatus as updateOne,
} from "../store/pipelines.ts";
import type { Context } from "./context.ts";
import { type Pipeline, readPipelines } from "./records.ts";
import { forgetVocabulary } from "./vocabulary.ts";

export type PipelineFailure =
  /** Unknown, or another organization's. */
  | { kind: "not-found" }
  /** The pipeline's name or the status's key. */
  | { kind: "taken" }
  /** The organization has as many as it may have. */
  | { kind: "too-many" }
  /** A lead or a form uses it. */
  | { kind: "in-use" }
  /** The main pipeline, and the statuses that every pipeline needs. */
  | { kind: "needed" }
  | { kind: "invalid-fields"; problems: FieldProblem[] };

type Changed<T> = Promise<Result<T, PipelineFailure>>;

/** @param statuses in their order; those of the main pipeline where undefined. */
export async function createPipeline(
  ctx: Context,
  organizationId: number,
  input: { name: string; sort?: number; statuses?: readonly StatusSeed[] },
): Changed<Pipeline> {
  const { name, sort = null, statuses = MAIN_STATUSES } = input;
  const problems = statusProblems(statuses);
  if (problems.length > 0) return fail({ kind: "invalid-fields", problems });
  const [made] = await commit(ctx.db, insertPipeline(ctx.db, organizationId, { name, sort, statuses }));
  forgetVocabulary(organizationId);
  const all = await readPipelines(ctx, organizationId);
  const found = all.find((pipeline) => pipeline.name === name);
  if (made?.meta.changes && found) return ok(found);
  return fail({ kind: found === undefined && all.length >= PIPELINES_LIMIT ? "too-many" : "taken" });
}

export async function updatePipeline(
  ctx: Context,
  organizationId: number,
  id: number,
  input: { name?: string; sort?: number },
): Changed<Pipeline> {
  const change = { name: input.name ?? null, sort: input.sort ?? null };
  const { meta } = await update(ctx.db, organizationId, id, change).run();
  const pipeline = await find(ctx, organizationId, id);
  if (pipeline === undefined) return fail({ kind: "not-found" });
  return meta.changes > 0 ? ok(pipeline) : fail({ kind: "taken" });
}

/** Its statuses go with it. */
export async function deletePipeline(ctx: Context, organizationId: number, id: number): Changed<null> {
  const pipeline = await find(ctx, organizationId, id);
  if (pipeline === undefined) return fail({ kind: "not-found" });
  if (pipeline.is_main === 1) return fail({ kind: "needed" });
  const results = await commit(ctx.db, remove(ctx.db, organizationId, id));
  forgetVocabulary(organizationId);
  return results.at(-1)?.meta.changes ? ok(null) : fail({ kind: "in-use" });
}

/** A status between the first and the closed one: every pipeline has the others already. */
export async function createStatus(
  ctx: Context,
  place: StatusPlace,
  input: Omit<StatusSeed, "role"> & { sort?: number },
): Changed<StatusRow> {
  try {
    const [made] = await commit(ctx.db, [insertStatus(ctx.db, place, { ...input, sort: input.sort ?? null })]);
    forgetVocabulary(place.organizationId);
    const row = firstRow<StatusRow>(made);
    if (row !== null) return ok(row);
  } catch (error) {
    if (brokenRule(error) !== "identity") throw error;
    return fail({ kind: "taken" });
  }
  const pipeline = await find(ctx, place.organizationId, place.pipelineId);
  return fail({ kind: pipeline === undefined ? "not-found" : "too-many" });
}

/** Its key stays: programs know it by that. */
export async function updateStatus(
  ctx: Context,
  place: StatusPlace,
  id: number,
  input: Partial<Pick<StatusRow, "name" | "colour" | "description" | "sort">>,
): Changed<StatusRow> {
  const { name = null, colour = null, description = null, sort = null } = input;
  const row = await updateOne(ctx.db, place, id, { name, colour, description, sort }).first<StatusRow>();
  forgetVocabulary(place.organizationId);
  return row === null ? fail({ kind: "not-found" }) : ok(row);
}

export async function deleteStatus(ctx: Context, place: StatusPlace, id: number): Changed<null> {
  const pipeline = await find(ctx, place.organizationId, place.pipelineId);
  const status = pipeline?.statuses.find((each) => each.id === id);
  if (status === undefined) return fail({ kind: "not-found" });
  if (status.role !== "between") return fail({ kind: "needed" });
  const { meta } = await removeStatus(ctx.db, place, id).run();
  forgetVocabulary(place.organizationId);
  return meta.changes > 0 ? ok(null) : fail({ kind: "in-use" });
}

export const getPipeline = async (ctx: Context, organizationId: number, id: number): Changed<Pipeline> => {
  const pipeline = await find(ctx, organizationId, id);
  return pipeline === undefined ? fail({ kind: "not-found" }) : ok(pipeline);
};

const find = async (ctx: Context, organizationId: number, id: number): Promise<Pipeline | undefined> =>
  (await readPipelines(ctx, organizationId)).find((pipeline) => pipeline.id === id);
