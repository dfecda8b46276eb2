/** The least that an API on Hono is. */
import { Hono } from "hono";

const app = new Hono();
app.get("/hello", (c) => c.text("hello"));

export default app;
