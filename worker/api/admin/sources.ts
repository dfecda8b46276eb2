/** Where leads come from. A source keeps its key, since leads have it, and none is deleted: it is made inactive. */
import type { Hono } from "hono";
import * as z from "zod/mini";
import type { Source } from "../../domain/source.ts";
import { createSource, getSource, listSources, type SourceFailure, updateSource } from "../../services/sources.ts";
import { read } from "../http/requests.ts";
import type { AdminEnv, ContextFor } from "./access.ts";
import type * as bodies from "./bodies.ts";
import { key, name, refusal as refusalOf, sort } from "./vocabulary.ts";

export const NewSource = z.strictObject({ key: key(), name: name(), sort: sort() });
export const SourcePatch = z.strictObject({
  name: z.optional(name()),
  sort: sort(),
  is_active: z.optional(z.boolean()),
});

const sourceBody = ({ id, key, name, sort, isActive }: Source): bodies.Source => ({
  id,
  key,
  name,
  sort,
  is_active: isActive,
});

const refusal = (failure: SourceFailure): Response =>
  refusalOf(failure, "Leads get this one by themselves: it stays active.");

const SOURCES = "/organizations/:organization/sources";
const SOURCE = `${SOURCES}/:source{[0-9]{1,15}}` as const;

export function sourceRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  app.get(SOURCES, async (c) => {
    const sources = await listSources(ctx(c), c.var.organization.id);
    return c.json({ results: sources.map(sourceBody), next: null });
  });
  app.post(SOURCES, async (c) => {
    const input = await read(c, NewSource);
    if (input instanceof Response) return input;
    const made = await createSource(ctx(c), c.var.organization.id, input);
    return made.ok ? c.json(sourceBody(made.value), 201) : refusal(made.failure);
  });
  app.get(SOURCE, async (c) => {
    const found = await getSource(ctx(c), c.var.organization.id, Number(c.req.param("source")));
    return found.ok ? c.json(sourceBody(found.value)) : refusal(found.failure);
  });
  app.patch(SOURCE, async (c) => {
    const input = await read(c, SourcePatch);
    if (input instanceof Response) return input;
    const change = { name: input.name, sort: input.sort, isActive: input.is_active };
    const changed = await updateSource(ctx(c), c.var.organization.id, Number(c.req.param("source")), change);
    return changed.ok ? c.json(sourceBody(changed.value)) : refusal(changed.failure);
  });
}
