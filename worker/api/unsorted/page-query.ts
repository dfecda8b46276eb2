/** The parameters of the v4 API's pages, as a schema for the API's description. */
import * as z from "zod/mini";
import { said } from "../http/openapi.ts";
import { LIMIT_DEFAULT, LIMIT_MOST } from "./query.ts";

/** What `parsePage` reads. */
export const PageQuery = z.object({
  page: z.optional(said("From 1 on.", z.int().check(z.gte(1)))),
  limit: z.optional(said(`${LIMIT_DEFAULT} where not given.`, z.int().check(z.gte(1), z.lte(LIMIT_MOST)))),
  cursor: z.optional(said("As `next` links carry it.", z.string())),
});
