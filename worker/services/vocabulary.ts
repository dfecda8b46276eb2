/** The words of an organization for where its leads stand and come from: read with a write, believed for a minute by lists. */
import type { Organization } from "../domain/organization.ts";
import { commit } from "../store/d1.ts";
import { listPipelines, type PipelineRow, type StatusRow } from "../store/pipelines.ts";
import { listSources, type SourceRow } from "../store/sources.ts";
import { Cache } from "./cache.ts";
import type { Context } from "./context.ts";

export interface Vocabulary {
  organization: { id: number };
  mainPipelineId: number;
  statuses: StatusRow[];
  sources: SourceRow[];
}

const cache = new Cache<Vocabulary>();

export const forgetVocabulary = (organizationId: number): void => cache.forgetOrganization(organizationId);

/** What a batch reads it by; {@link vocabularyFrom} takes the results. */
export const vocabularyStatements = (db: D1Database, organizationId: number): D1PreparedStatement[] => [
  ...listPipelines(db, organizationId),
  listSources(db, organizationId),
];

export function vocabularyFrom(organizationId: number, results: (D1Result | undefined)[]): Vocabulary {
  const [pipelines, statuses, sources] = results.map((result) => result?.results ?? []);
  const main = (pipelines as unknown as PipelineRow[]).find(({ is_main }) => is_main === 1);
  return {
    organization: { id: organizationId },
    mainPipelineId: main?.id ?? 0,
    statuses: statuses as unknown as StatusRow[],
    sources: sources as unknown as SourceRow[],
  };
}

/** @param isEnough of what is remembered; what is not is read again. */
export async function vocabularyOf(
  ctx: Context,
  organization: Organization,
  isEnough: (known: Vocabulary) => boolean = () => true,
): Promise<Vocabulary> {
  const known = cache.get(organization.uuid, ctx.now);
  if (known && isEnough(known)) return known;
  const results = await commit(ctx.db, vocabularyStatements(ctx.db, organization.id));
  const read = vocabularyFrom(organization.id, results);
  cache.set(organization.uuid, read, ctx.now);
  return read;
}

/** The stage of that number as leads are shown in it; minus a pipeline's number is that pipeline's last. */
export const statusOfStage = ({ statuses }: Vocabulary, stageId: number): StatusRow | undefined =>
  statuses.find(({ id, pipeline_id, role }) =>
    stageId < 0 ? pipeline_id === -stageId && role === "closed" : id === stageId,
  );

/** Every stage that has this key, in whichever pipeline. Leads that wait are shown in none. */
export const stagesOfKey = ({ statuses }: Vocabulary, key: string): number[] =>
  statuses
    .filter((status) => status.key === key && status.role !== "incoming")
    .map(({ id, pipeline_id, role }) => (role === "closed" ? -pipeline_id : id));

/** The status that a key means for a lead of this pipeline: the pipeline's own, else the main one's. */
export function statusOfKey(
  { statuses, mainPipelineId }: Vocabulary,
  key: string,
  pipelineId: number,
): StatusRow | undefined {
  const named = statuses.filter((status) => status.key === key && status.role !== "incoming");
  return (
    named.find((status) => status.pipeline_id === pipelineId) ??
    named.find((status) => status.pipeline_id === mainPipelineId)
  );
}

/** Where work starts in a pipeline. */
export const firstStatus = ({ statuses }: Vocabulary, pipelineId: number): StatusRow | undefined =>
  statuses.find((status) => status.pipeline_id === pipelineId && status.role === "first");

/** Whether a new word may be this source. */
export const isSource = ({ sources }: Vocabulary, key: string): boolean =>
  sources.some((source) => source.key === key && source.is_active === 1);
