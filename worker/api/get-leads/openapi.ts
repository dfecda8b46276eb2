/** The get-leads API's operations. */
import { CREDENTIALS_OF } from "../../domain/credentials.ts";
import { messageAnswer } from "../http/message-body.ts";
import { type Answers, AWAY, type Dialect, json, named, RETRY_AFTER } from "../http/openapi.ts";
import { ChatLead, ChatLeads } from "./bodies.ts";
import { Parameters } from "./schemas.ts";

named({ ChatLead, ChatLeads, GetLeadsParameters: Parameters });

const answers: Answers = {
  202: { description: "A page of leads, the oldest first.", content: json(ChatLeads) },
  400: messageAnswer("A parameter is missing or not valid."),
  404: messageAnswer("No such chatbot."),
};

export const getLeadsApi: Dialect = {
  name: "get-leads",
  description:
    "The people whom a chatbot has met. Days are the organization's, both inclusive; a page ends at most 10,000 leads from " +
    "the start.",
  base: "/api/v1",
  callers: CREDENTIALS_OF["get-leads"],
  pathParameters: {},
  always: {
    401: messageAnswer("No credentials, or not valid ones, or no active subscription."),
    500: messageAnswer("Something went wrong on our side."),
    503: messageAnswer(AWAY, RETRY_AFTER),
  },
  toBodies: {
    413: messageAnswer("The body is too large."),
  },
  operations: [
    {
      method: "get",
      path: "/get-leads",
      id: "getLeads",
      summary: "List a chatbot's leads",
      query: Parameters,
      answers,
    },
    {
      method: "post",
      path: "/get-leads",
      id: "postGetLeads",
      summary: "List a chatbot's leads, asked for in a body",
      description: "What is not in the body may be in the query.",
      query: Parameters,
      body: {
        "application/json": Parameters,
        "application/x-www-form-urlencoded": Parameters,
        "multipart/form-data": Parameters,
      },
      isBodyOptional: true,
      answers,
    },
  ],
};
