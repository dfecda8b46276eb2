/**
 * Where leads come from, as an organization words it. Nothing is deleted, since leads keep the key: a source that is no
 * choice any more is made inactive, except those that leads get by themselves.
 */
import { fail, ok, type Result } from "../domain/result.ts";
import type { Source } from "../domain/source.ts";
import { commit, firstRow } from "../store/d1.ts";
import {
  getSource as get,
  insertSource,
  listSources as list,
  type SourceRow,
  sourceOf,
  updateSource as update,
} from "../store/sources.ts";
import type { Context } from "./context.ts";
import { forgetVocabulary } from "./vocabulary.ts";

export type SourceFailure =
  /** Unknown, or another organization's. */
  | { kind: "not-found" }
  /** The key. */
  | { kind: "taken" }
  /** The organization has as many as it may have. */
  | { kind: "too-many" }
  /** Leads get it by themselves. */
  | { kind: "needed" };

type Changed = Promise<Result<Source, SourceFailure>>;

/** Every one of them in its order. */
export async function listSources(ctx: Context, organizationId: number): Promise<Source[]> {
  const { results } = await list(ctx.db, organizationId).all<SourceRow>();
  return results.map(sourceOf);
}

export async function getSource(ctx: Context, organizationId: number, id: number): Changed {
  const row = await get(ctx.db, organizationId, id).first<SourceRow>();
  return row === null ? fail({ kind: "not-found" }) : ok(sourceOf(row));
}

/** @param input sort: the last place where undefined. */
export async function createSource(
  ctx: Context,
  organizationId: number,
  input: { key: string; name: string; sort?: number },
): Changed {
  const { key, name, sort = null } = input;
  const [made, all] = await commit(ctx.db, [
    insertSource(ctx.db, organizationId, { key, name, sort }),
    list(ctx.db, organizationId),
  ]);
  forgetVocabulary(organizationId);
  const row = firstRow<SourceRow>(made);
  if (row !== null) return ok(sourceOf(row));
  const isTaken = ((all?.results ?? []) as SourceRow[]).some((source) => source.key === key);
  return fail({ kind: isTaken ? "taken" : "too-many" });
}

/** Its key stays: leads have it. */
export async function updateSource(
  ctx: Context,
  organizationId: number,
  id: number,
  input: { name?: string; sort?: number; isActive?: boolean },
): Changed {
  const { name = null, sort = null, isActive = null } = input;
  const [changed, seen] = await commit(ctx.db, [
    update(ctx.db, organizationId, id, { name, sort, isActive }),
    get(ctx.db, organizationId, id),
  ]);
  forgetVocabulary(organizationId);
  const row = firstRow<SourceRow>(changed);
  if (row !== null) return ok(sourceOf(row));
  return fail({ kind: firstRow(seen) === null ? "not-found" : "needed" });
}
