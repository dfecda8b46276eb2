/** The least that a form's definition takes on Hono: the same select, and what it found as JSON. */
import type { D1Database } from "@cloudflare/workers-types";
import { Hono } from "hono";
import { findForm } from "../../../worker/store/forms.ts";

const app = new Hono<{ Bindings: { DB: D1Database } }>();
app.get("/v1/forms/:form", async (c) => {
  const found = await findForm(c.env.DB, c.req.param("form"));
  return found ? c.json(found.form.settings) : c.notFound();
});

export default app;
