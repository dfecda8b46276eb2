/**
 * A tenant that has one of everything that an address, a query or a body can name, so that what is one tenant's can be
 * asked for by another. Ids stand under the names by which the examples use them.
 */
import { PASSWORD, setUser, signedIn } from "../contract/crm/login.ts";
import { appointed, createLead, data, note, withKey } from "../contract/crm/v1.ts";
import { codeFor, connect, type Program, program } from "../contract/oauth/client.ts";
import { signedIn as operatorSession } from "../contract/operators/operators.ts";
import { accept, waiting } from "../contract/unsorted/v4.ts";
import { exchange, newToken, roomOf } from "../support/chat-visitor.ts";
import { chat } from "../support/chats.ts";
import { admin, CONTACT_FIELDS, type Edge, form, lead, type Tenant, tenant } from "../support/edge.ts";
import { row } from "../support/rows.ts";
import { suspect } from "../support/spam.ts";

/** One tenant's ids, each under what it is of. */
export interface Ids {
  organization: string;
  /** The administrator's, whose credentials are used. */
  admin: string;
  agent: string;
  agentNumber: number;
  username: string;
  form: string;
  chatForm: string;
  chatToken: string;
  room: string;
  visitor: string;
  submission: string;
  lead: string;
  assignedLead: string;
  heldLead: string;
  uid: string;
  chatUid: string;
  /** Of a lead that is worked on, and of its contact and company. */
  record: number;
  customer: number;
  pipeline: number;
  status: number;
  source: number;
  slug: string;
  note: number;
  appointment: number;
  credential: string;
  integration: string;
  clientSecret: string;
  /** What the CRM's login gave for the next time. */
  crmRefresh: string;
  /** Of a lead's person. */
  email: string;
  code: string;
  refreshToken: string;
}
export type IdName = keyof Ids;

export interface House extends Tenant {
  apiKey: string;
  program: Program;
  /** What each kind of credential is in this house: who asks, by the words of the API's description. */
  secrets: { oauth: string; login: string; session: { cookie: string; csrf: string } };
  ids: Ids;
}

let houses = 0;

/** @param name stands in whatever has words. */
export async function house(at: Edge, name: string): Promise<House> {
  houses += 1;
  const organization = { name: `${name} organization` };
  const of = await withKey(at, await tenant(at, { organization, form: { name: `${name} form` } }));
  for (const who of [of.admin, of.agent]) await setUser(at, of, who, { password: PASSWORD });
  const sync = await program(at, of);
  const granted = await connect(at, of, sync);
  const login = await signedIn(at, of, of.admin);
  const session = await operatorSession(at, of, of.admin);
  const ids = {
    ...{ organization: of.id, admin: of.admin.id, agent: of.agent.id, agentNumber: of.agent.user_id, form: of.formId },
    ...{ username: of.agent.username, integration: sync.id, clientSecret: sync.secret },
    ...{ refreshToken: granted.refresh_token, crmRefresh: login.refresh, code: await codeFor(at, of, sync) },
    ...(await captured(at, of, name)),
    ...(await worked(at, of, name)),
    ...(await talked(at, of, name)),
    ...(await furnished(at, of, name)),
  };
  return { ...of, program: sync, secrets: { oauth: granted.access_token, login: login.access, session }, ids };
}

/** Whoever wrote by the form: waiting, taken by an agent, and held. */
async function captured(at: Edge, of: Tenant, name: string) {
  const [submission, visitor] = [crypto.randomUUID(), `visitor-${houses}-0123456789abcdef`];
  const person = (number: number) => ({
    ...{ name: `${name} Person ${number}`, email: `${name}.${houses}.${number}@example.org`, message: `${name} asks` },
  });
  const assignedLead = await lead(at, of.formId, { data: person(1) });
  const patched = await at.send("PATCH", `/api/v5/orgs/${of.id}/leads/${assignedLead}`, {
    ...{ token: of.admin.token, body: { assigned_user_id: of.agent.id } },
  });
  if (!patched.ok) throw new Error(await patched.text());
  return {
    ...{ submission, visitor, assignedLead, email: person(2).email },
    lead: await lead(at, of.formId, { data: person(2), submission_id: submission, visitor_id: visitor }),
    heldLead: await suspect(at, of.formId, { data: person(3) }),
  };
}

/** What a sales team works on. */
async function worked(at: Edge, of: Tenant & { apiKey: string }, name: string) {
  const made = await createLead(at, of, {
    first_name: `${name}first`,
    last_name: `${name}last`,
    company: `${name} Ltd`,
  });
  const { note_id } = await data<{ note_id: number }>(await note(at, of, made.slug, `${name} was called`));
  const { appointment_id } = await appointed(at, of, made.slug);
  const accepted = await waiting(at, of, {
    _embedded: {
      leads: [{ name: `${name} lead` }],
      contacts: [{ name: `${name} man` }],
      companies: [{ name: `${name} Inc` }],
    },
  });
  await accept(at, accepted, of.agent);
  const { id } = await row<{ id: number }>("SELECT lead_id AS id FROM incoming_lead WHERE uid = ?", accepted);
  return {
    ...{ slug: made.slug, note: note_id, appointment: appointment_id, record: id },
    ...{ uid: await waiting(at, of) },
  };
}

/** Conversations: one in its room, and one that waits to be linked. */
async function talked(at: Edge, of: Tenant, name: string) {
  const chatForm = await form(at, of.id, { mode: "chat", name: `${name} chat`, fields: CONTACT_FIELDS });
  const chatToken = newToken();
  await exchange(at, chatForm, chatToken, [
    { t: "say", id: "m1", text: `${name} says hello` },
    { t: "answer", id: "m2", field: "name", value: `${name} Talker` },
    { t: "call", id: "m3" },
  ]);
  const { uid } = await chat(at, of, { note: `${name} noted` });
  return { chatForm, chatToken, room: await roomOf(chatForm, chatToken), chatUid: uid };
}

/** What administrators set up. */
async function furnished(at: Edge, of: Tenant, name: string) {
  const make = <T>(path: string, body: object) => admin<T>(at, "POST", `/organizations/${of.id}${path}`, body);
  const pipeline = await make<{ id: number }>("/pipelines", { name: `${name} pipeline` });
  const status = await make<{ id: number }>(`/pipelines/${pipeline.id}/statuses`, {
    ...{ key: `${name}-status`, name: `${name} status`, colour: "#112233" },
  });
  const source = await make<{ id: number }>("/sources", { key: `${name}-source`, name: `${name} source` });
  const customer = await make<{ id: number }>("/customers", { name: `${name} customer` });
  const credential = await make<{ id: string }>("/credentials", { kind: "user_token", user_id: of.agent.id, name });
  await make("/mail-address", {});
  return {
    ...{ pipeline: pipeline.id, status: status.id, source: source.id, customer: customer.id },
    credential: credential.id,
  };
}
