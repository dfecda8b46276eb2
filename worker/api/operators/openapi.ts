/** The operators' operations. */
import * as z from "zod/mini";
import { CREDENTIALS_OF, OPERATOR_SESSION } from "../../domain/credentials.ts";
import {
  type Answers,
  AWAY,
  type Dialect,
  json,
  named,
  type Operation,
  problemAnswer,
  RETRY_AFTER,
  type Schema,
  said,
} from "../http/openapi.ts";
import {
  and,
  answer,
  conflict,
  invalid,
  list,
  notFound,
  nothing,
  PageQuery,
  read,
} from "../http/openapi-operations.ts";
import * as bodies from "./bodies.ts";
import { Acceptance, HandOver, NewMessage, ReadUpTo, RoomListStatus, SignIn, Since } from "./schemas.ts";

named({
  RoomSummary: bodies.RoomSummary,
  RoomMessage: bodies.Message,
  RoomView: bodies.RoomView,
  WaitingLead: bodies.IncomingLead,
  Colleague: bodies.Colleague,
  OperatorSession: bodies.Session,
  NewRoomMessage: NewMessage,
  HandOver,
});

const ROOM = "/rooms/{room}";
const UNAVAILABLE = { 503: problemAnswer("It does not answer just now; the same again does no harm.", RETRY_AFTER) };
const ASKED_OFTEN = { 429: problemAnswer("Too much at once.", RETRY_AFTER) };

/** What may be wrong with one. */
const ofBody = (body: Schema | undefined): Answers => (body ? invalid : {});

const command = (path: string, id: string, summary: string, body?: Schema): Operation => ({
  method: "post",
  path: `${ROOM}${path}`,
  id,
  summary,
  ...(body ? { body: json(body) } : {}),
  answers: {
    200: answer(bodies.RoomView, "The room after it."),
    ...ofBody(body),
    ...notFound,
    ...conflict,
    410: problemAnswer("The conversation has ended."),
    ...ASKED_OFTEN,
    ...UNAVAILABLE,
  },
});
/** The same, and the room is not told of. */
function quiet(operation: Operation): Operation {
  const { 200: _, ...others } = operation.answers;
  return { ...operation, answers: { 204: nothing, ...others } };
}
const sort = (path: string, id: string, summary: string, body?: Schema): Operation => ({
  method: "post",
  path: `/incoming/{uid}${path}`,
  id,
  summary,
  ...(body ? { body: json(body) } : {}),
  answers: { 200: answer(bodies.IncomingLead, "As it was sorted."), ...notFound, ...ofBody(body) },
});

const operations: Operation[] = [
  {
    ...list("/rooms", "listRooms", "List rooms that go on", bodies.RoomSummary),
    query: z.extend(PageQuery, {
      status: z.optional(said("`waiting` for a person, or the caller's own: `mine`. Else all.", RoomListStatus)),
    }),
    answers: { ...list("/rooms", "", "", bodies.RoomSummary).answers, 422: invalid[422] },
  },
  {
    method: "get",
    path: "/rooms/socket",
    id: "openInboxSocket",
    summary: "Hear of everything at once",
    description:
      "A WebSocket. Programs offer the subprotocols `foyer.chat.v1` and, second, a user's token. Frames both ways are JSON.",
    answers: {
      101: { description: "It is open." },
      400: problemAnswer("It was not asked for as a WebSocket."),
      ...UNAVAILABLE,
    },
  },
  {
    ...and(read(ROOM, "getRoom", "Read a room", bodies.RoomView), { ...ASKED_OFTEN, ...UNAVAILABLE }),
    query: z.object({ since: z.optional(said("Only messages after this number.", Since)) }),
    answers: {
      ...read(ROOM, "", "", bodies.RoomView).answers,
      400: problemAnswer("`since` is no number."),
      ...ASKED_OFTEN,
      ...UNAVAILABLE,
    },
  },
  command("/join", "joinRoom", "Take a room"),
  command("/leave", "leaveRoom", "Leave a room"),
  command("/close", "closeRoom", "End a conversation"),
  command("/hand-over", "handRoomOver", "Hand a room over", HandOver),
  command("/messages", "sayInRoom", "Say something", NewMessage),
  quiet(command("/read", "readRoom", "Say up to where it was read", ReadUpTo)),
  quiet(command("/typing", "typeInRoom", "Say that something is being written")),
  list("/incoming", "listIncomingLeads", "List leads that wait to be sorted", bodies.IncomingLead),
  sort("/accept", "acceptIncomingLead", "Accept a lead, for somebody or nobody", Acceptance),
  sort("/pick", "pickIncomingLead", "Accept a lead for oneself"),
  sort("/decline", "declineIncomingLead", "Decline a lead"),
  list("/users", "listColleagues", "List active users", bodies.Colleague),
  { method: "get", path: "/me", id: "getMe", summary: "Read who one is", answers: { 200: answer(bodies.Me) } },
];

const always = {
  401: problemAnswer("No token and no session, or not a valid one."),
  403: problemAnswer("Root is no operator, the subscription has ended, or a write was not our own page's."),
  500: problemAnswer("Something went wrong on our side."),
  503: problemAnswer(AWAY, RETRY_AFTER),
};
const toBodies = { 413: problemAnswer("The body is too large.") };
const callers = [...CREDENTIALS_OF.operators, ...OPERATOR_SESSION];

export const operatorsApi: Dialect = {
  name: "operators",
  description:
    "Rooms in which visitors talk, and leads that wait, for whoever answers them: agents and administrators, of their own " +
    "organization.",
  base: "/admin/v1",
  callers,
  pathParameters: { room: z.string(), uid: z.string() },
  always,
  toBodies,
  operations,
};

const SESSION = "/session";
const session = answer(bodies.Session, "The session.");

export const inboxSession: Dialect = {
  name: "inbox",
  description: "The session of the page `/inbox`, in a cookie that no script reads.",
  base: "/inbox",
  callers: OPERATOR_SESSION,
  pathParameters: {},
  always,
  toBodies,
  operations: [
    {
      method: "post",
      path: SESSION,
      id: "signIn",
      summary: "Begin a session",
      callers: [],
      body: json(SignIn),
      answers: { 200: { ...session, headers: { "Set-Cookie": "The session." } }, ...invalid, ...ASKED_OFTEN },
    },
    { method: "get", path: SESSION, id: "getSession", summary: "Read the session", answers: { 200: session } },
    { method: "delete", path: SESSION, id: "signOut", summary: "End the session", answers: { 204: nothing } },
  ],
};
