/** The widget's operations. Problems come as a page to whoever posted a plain form. */
import * as z from "zod/mini";
import { REPLAYED_HEADER } from "../../../shared/capture-api.ts";
import { CaptureRequest, ProofChallenge, Solution } from "../../../shared/capture-request.ts";
import { Condition, ConditionTest } from "../../../shared/conditions.ts";
import { FormStep } from "../../../shared/form-steps.ts";
import { FormConsent, FormTexts, FormTheme } from "../../../shared/lead-fields.ts";
import {
  type Answer,
  AWAY,
  type Dialect,
  html,
  json,
  named,
  problemAnswer,
  RETRY_AFTER,
  said,
} from "../http/openapi.ts";
import { CaptureAnswer, Challenge, ChallengeProblem, PublicField, PublicForm } from "./bodies.ts";
import { ChatExchange, ChatExchangeAnswer, RoomFrame, VisitorFrame } from "./chat-bodies.ts";

named({ CaptureRequest, CaptureAnswer, PublicForm, PublicField, FormStep, FormConsent, FormTexts, FormTheme });
named({ ChatExchange, ChatExchangeAnswer, VisitorFrame, RoomFrame });
named({ Condition, ConditionTest, Challenge, ProofChallenge, Solution, ChallengeProblem });

const inLanguage = z.object({
  locale: z.optional(
    said("A language tag, or a list of them like Accept-Language, which counts where this is not given.", z.string()),
  ),
});
const SPOKEN = { "Content-Language": "The language that the page is in." };

/** Problem details, or a page. */
function refusal(description: string, headers?: Answer["headers"]): Answer {
  const { content, ...answer } = problemAnswer(description, headers);
  return { ...answer, content: { ...content, ...html } };
}

const PlainForm = said(
  "What a page without script posts: the form's fields by name, and `consent` where the form asks for it.",
  z.record(z.string(), z.string()),
);

export const captureApi: Dialect = {
  name: "capture",
  description:
    "What the widget calls, and any program may. No credentials travel here: a form names the origins that it takes " +
    "requests from. The sender's `submission_id` makes a retry harmless.",
  base: "/v1",
  callers: [],
  pathParameters: { form: said("The form's id.", z.uuid()) },
  always: {
    403: refusal("The form does not accept this page's origin."),
    404: refusal("There is no such form."),
    500: refusal("Something went wrong on our side."),
    503: refusal(AWAY, RETRY_AFTER),
  },
  operations: [
    {
      method: "get",
      path: "/forms/{form}",
      id: "getPublicForm",
      summary: "Read a form as a visitor's page sees it",
      description:
        "With its words in the best of the form's languages for the visitor; names and values are the same in all.",
      query: inLanguage,
      answers: {
        200: {
          description: "The form.",
          content: json(PublicForm),
          headers: { ETag: "For If-None-Match.", Vary: "Also Accept-Language, where that has decided on the words." },
        },
        304: { description: "It is as the ETag says." },
      },
    },
    {
      method: "options",
      path: "/forms/{form}",
      id: "preflightPublicForm",
      summary: "Preflight (CORS) of reading a form",
      answers: { 204: { description: "The page may ask." } },
    },
    {
      method: "post",
      path: "/forms/{form}/leads",
      id: "captureLead",
      summary: "Send what a visitor filled in",
      description:
        "JSON, also as text/plain, which a closing page can send without a preflight; or the plain post of a page without script.",
      query: inLanguage,
      body: {
        ...json(CaptureRequest),
        "text/plain": said("The same JSON.", z.string()),
        "application/x-www-form-urlencoded": PlainForm,
        "multipart/form-data": PlainForm,
      },
      answers: {
        201: {
          description: "The lead is kept.",
          content: json(CaptureAnswer),
          headers: { [REPLAYED_HEADER]: "`true`: this answer was given before." },
        },
        303: { description: "The same, to a plain post.", headers: { Location: "Where the visitor goes next." } },
        400: refusal("The body cannot be read."),
        409: refusal("The visitor's earlier request still stands."),
        413: refusal("The body is too large."),
        415: problemAnswer("The content type is not supported."),
        422: refusal("Some fields are not valid, or the submission's id was used before, with other content."),
        428: {
          description:
            "It looks like a program's, and the sender may clear itself: nothing is kept until the same comes again with the " +
            "challenge's answer as `solution`. Only who says by `solution` that it can is asked.",
          content: { "application/problem+json": ChallengeProblem },
        },
        429: refusal("Too many requests.", RETRY_AFTER),
      },
    },
    {
      method: "options",
      path: "/forms/{form}/leads",
      id: "preflightCapture",
      summary: "Preflight (CORS) of sending",
      answers: { 204: { description: "The page may send." } },
    },
    {
      method: "get",
      path: "/forms/{form}/thanks",
      id: "getThanks",
      summary: "The page where a plain post ends",
      query: inLanguage,
      answers: { 200: { description: "The page.", content: html, headers: SPOKEN } },
    },
    {
      method: "get",
      path: "/forms/{form}/chat",
      id: "openChatSocket",
      summary: "Open the socket of a chat",
      description:
        "A WebSocket with two subprotocols: `foyer.chat.v1`, and the room's token, 32 random bytes in base64url that the " +
        "visitor's page has made. Each message is one frame: a `VisitorFrame` there, a `RoomFrame` back; the first is `hello`.",
      answers: {
        101: { description: "The socket is open." },
        400: problemAnswer("No upgrade to a WebSocket, or without the two subprotocols."),
        429: problemAnswer("The room has too many sockets.", RETRY_AFTER),
      },
    },
    {
      method: "post",
      path: "/forms/{form}/chat",
      id: "exchangeChatFrames",
      summary: "Send and fetch the frames of a chat, without a socket",
      description: "Opens, goes on, and looks for news, all by the same request.",
      body: { ...json(ChatExchange), "text/plain": said("The same JSON.", z.string()) },
      answers: {
        200: {
          description: "The state, the messages after `hello.since`, and what was not taken.",
          content: json(ChatExchangeAnswer),
        },
        400: problemAnswer("The body cannot be read, or the token is none."),
        413: problemAnswer("The body is too large."),
      },
    },
    {
      method: "options",
      path: "/forms/{form}/chat",
      id: "preflightChat",
      summary: "Preflight (CORS) of an exchange",
      answers: { 204: { description: "The page may send." } },
    },
    {
      method: "options",
      path: "/forms/{form}/thanks",
      id: "preflightThanks",
      summary: "Preflight (CORS) of the thank-you page",
      answers: { 204: { description: "The page may ask." } },
    },
  ],
};
