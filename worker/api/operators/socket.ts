/** The operator's socket: who may have it is asked here, and it is the inbox of the organization that holds it. */
import { CHAT_PROTOCOL } from "../../../shared/chat-frames.ts";
import { inboxName } from "../../services/live.ts";
import { operatorOf } from "../../services/operator.ts";
import { standingOf } from "../../services/standing.ts";
import { config, type Deps } from "../http/app.ts";
import { problem } from "../http/problem.ts";
import { type C, isSocket, protocolsOf, unauthenticated } from "./access.ts";
import { roomProblem } from "./errors.ts";

/** @returns 101, or what refuses it. Nothing of the request goes on but what was made of it here. */
export async function openSocket(c: C, deps: Deps): Promise<Response> {
  if (!isSocket(c)) return problem("malformed", { detail: "This address is a WebSocket's." });
  const { secret, actor, organization } = c.var.caller;
  const standing = await standingOf(config(c).jwtKeys, secret, deps.now());
  if (standing === null) return unauthenticated();
  const listener = { operator: operatorOf(actor.user), organizationId: organization.id, standing };
  const headers = new Headers({ upgrade: "websocket", "x-listener": encodeURIComponent(JSON.stringify(listener)) });
  if (protocolsOf(c).includes(CHAT_PROTOCOL)) headers.set("sec-websocket-protocol", CHAT_PROTOCOL);
  const inbox = c.env.INBOXES.getByName(inboxName(standing.database, organization.id));
  try {
    const answer = await inbox.fetch("https://inbox/", { headers });
    if (answer.status === 101) return answer;
    return answer.status === 401 ? unauthenticated() : roomProblem("unavailable");
  } catch {
    return roomProblem("unavailable");
  }
}
