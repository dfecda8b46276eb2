/** The lead summary's one operation, at both of its places. */
import * as z from "zod/mini";
import { CREDENTIALS_OF } from "../../domain/credentials.ts";
import { Message, messageAnswer } from "../http/message-body.ts";
import { AWAY, type Dialect, json, named, RETRY_AFTER, said } from "../http/openapi.ts";
import { Summary, SummaryAnswer } from "./bodies.ts";

named({ LeadSummary: Summary, Message });

const at = (base: string, id: string, description: string): Dialect => ({
  name: "lead-summary",
  description,
  base,
  callers: [...CREDENTIALS_OF["lead-summary"], "key_and_token"],
  pathParameters: { lead: said("The lead's number.", z.string()) },
  always: {
    401: messageAnswer("No credentials, or not valid ones."),
    402: messageAnswer("The organization has no active subscription."),
    500: messageAnswer("Something went wrong on our side."),
    503: messageAnswer(AWAY, RETRY_AFTER),
  },
  operations: [
    {
      method: "get",
      path: "/leads/summary/{lead}",
      id,
      summary: "Summarize a lead",
      answers: {
        200: { description: "The lead with the analytics of its chat.", content: json(SummaryAnswer) },
        404: messageAnswer("No such lead."),
      },
    },
  ],
});

const DESCRIPTION = "A lead with the analytics of its chat, for whoever has its number.";
export const leadSummaryApi = at("/api/v1", "getLeadSummary", DESCRIPTION);
export const leadSummaryAtRoot = at("", "getLeadSummaryAtRoot", DESCRIPTION);
