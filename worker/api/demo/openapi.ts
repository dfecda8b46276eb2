/** The demo page's addresses. */
import * as z from "zod/mini";
import { type Dialect, html, problemAnswer } from "../http/openapi.ts";

export const demoPages: Dialect = {
  name: "demo",
  description: "A made-up company's page with the popup and an inline form on it.",
  base: "",
  callers: [],
  pathParameters: {},
  always: { 500: problemAnswer("Something went wrong on our side.") },
  operations: [
    {
      method: "get",
      path: "/demo",
      id: "getDemoPage",
      summary: "Show the demo page",
      query: z.object({
        theme: z.optional(z.enum(["light", "dark", "auto"])),
        popup: z.optional(z.uuid()),
        inline: z.optional(z.uuid()),
      }),
      answers: {
        200: { description: "The page.", content: html },
        404: { description: "A page that says what to do: there are no forms to show.", content: html },
      },
    },
    {
      method: "get",
      path: "/demo/style.css",
      id: "getDemoStyle",
      summary: "The demo page's style",
      answers: { 200: { description: "The style.", content: { "text/css": z.string() } } },
    },
  ],
};
