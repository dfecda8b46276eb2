/** The demo pages' addresses. What they load beside their style are assets, which no route serves. */
import * as z from "zod/mini";
import { type Dialect, html, problemAnswer } from "../http/openapi.ts";

const FORMS = { popup: z.optional(z.uuid()), inline: z.optional(z.uuid()) };
const CHAT = { chat: z.optional(z.uuid()) };
const ANSWERS = {
  200: { description: "The page.", content: html },
  404: { description: "A page that says what to do: there are no forms to show.", content: html },
};

export const demoPages: Dialect = {
  name: "demo",
  description:
    "A made-up company's page with the popup and an inline form on it, one with a chat, and one where looks can be tried.",
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
      query: z.object({ theme: z.optional(z.enum(["light", "dark", "auto"])), ...FORMS }),
      answers: ANSWERS,
    },
    {
      method: "get",
      path: "/demo/chat",
      id: "getChatPage",
      summary: "Show the demo page with a chat",
      query: z.object({ theme: z.optional(z.enum(["light", "dark", "auto"])), ...CHAT }),
      answers: ANSWERS,
    },
    {
      method: "get",
      path: "/demo/theming",
      id: "getThemingPage",
      summary: "Show the forms beside what changes their looks",
      query: z.object(FORMS),
      answers: ANSWERS,
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
