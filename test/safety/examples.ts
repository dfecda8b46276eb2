/**
 * One request for each operation of the API's description, that succeeds for who owns everything it names. Ids are asked
 * of `ids`, so that each of them can be exchanged for a stranger's. An operation without an example fails a test.
 */

import { somebody as person, timeAt } from "../contract/crm/v1.ts";
import { call, request } from "../contract/unsorted/bodies.ts";
import { CONTACT_FIELDS, START } from "../support/edge.ts";
import type { Ids } from "./house.ts";

export interface Example {
  /** Where it differs from what `PATHS` says. */
  path?: (ids: Ids) => Record<string, string | number>;
  query?: (ids: Ids) => Record<string, string | number>;
  body?: (ids: Ids) => Record<string, unknown> | unknown[];
  headers?: (ids: Ids) => Record<string, string>;
  /** Why nobody needs to be anybody: then only what `ids` names beside the path is a stranger's. */
  isPublic?: string;
  /** The ids in the path that everybody may know, as they stand on pages. */
  known?: readonly (keyof Ids)[];
  /** A new thing's id, which callers choose: that it is taken is told, and nothing else. */
  chosen?: (keyof Ids)[];
  /** What can be used once, and was: an own request has a new one. */
  fresh?: (keyof Ids)[];
  /** Why an own request is not tried. */
  untried?: string;
}

const PUBLIC_FORM = { isPublic: "whoever visits a page", known: ["form", "chatForm"] } as const;
const ASSIGNED: Example = { path: ({ agent, assignedLead }) => ({ user: agent, lead: assignedLead }) };
const CHANGE = (ids: Ids) => ({ assigned_user_id: ids.agent, is_closed: false });
const meeting = (hours: number) => ({
  appointment_date: timeAt(START + hours * 3_600_000),
  appointment_to: timeAt(START + (hours + 1) * 3_600_000),
});
const newLead: Example = { body: ({ username }) => person({ assignee: username }) };
const changedLead: Example = { body: ({ slug, username }) => person({ slug, assignee: username }) };
const bySlug: Example = { body: ({ slug }) => ({ slug }) };
const newMeeting: Example = { body: ({ slug }) => ({ slug, ...meeting(100) }) };
const movedMeeting: Example = {
  body: ({ slug, appointment }) => ({ slug, appointment_id: appointment, ...meeting(200) }),
};
const byMeeting: Example = { body: ({ appointment }) => ({ appointment_id: appointment }) };
const newNote: Example = { body: ({ slug }) => ({ slug, note: "Called." }) };
const byNote: Example = { body: ({ note }) => ({ note_id: note }) };
const meetings: Example = { query: ({ slug }) => ({ lead: slug }) };
const waiting: Example = { path: ({ uid }) => ({ uid }) };
const formBody = ({ admin, pipeline }: Ids) => ({
  ...{ name: "New", fields: CONTACT_FIELDS, owner_id: admin, pipeline_id: pipeline },
});
const chatLeads = ({ chatForm }: Ids) => ({ chatbotId: chatForm });
const inPipeline: Example = { path: ({ organization, pipeline }) => ({ organization, pipeline }) };
const stage: Example = { path: ({ organization, pipeline, status }) => ({ organization, pipeline, status }) };
const held: Example = { path: ({ organization, heldLead }) => ({ organization, lead: heldLead }) };
const inV4 = (of: keyof Ids): Example => ({ path: (ids) => ({ id: ids[of] }) });
const demo: Example = { known: ["form"], query: ({ form }) => ({ popup: form, inline: form }) };
/** A conversation must be somebody's before that is done to it. */
const taken = { untried: "only who has joined the room may" };

/** What a name in a path is, where an example does not say it. */
export const PATHS: Record<string, keyof Ids> = {
  ...{ organization: "organization", user: "agent", lead: "lead", form: "form", room: "room", uid: "uid" },
  ...{ credential: "credential", integration: "integration", source: "source", pipeline: "pipeline", status: "status" },
};

/** By the operation's id; several where it names different things in turn. */
export const EXAMPLES: Record<string, Example | Example[]> = {
  getPublicForm: PUBLIC_FORM,
  preflightPublicForm: PUBLIC_FORM,
  captureLead: {
    ...PUBLIC_FORM,
    fresh: ["submission"],
    body: ({ submission, visitor }) => ({
      ...{ submission_id: submission, visitor_id: visitor, elapsed_ms: 9_000 },
      data: { name: "New", email: `${crypto.randomUUID()}@example.org` },
    }),
  },
  preflightCapture: PUBLIC_FORM,
  getThanks: PUBLIC_FORM,
  preflightThanks: PUBLIC_FORM,
  openChatSocket: { ...PUBLIC_FORM, untried: "a socket; the same door as exchangeChatFrames" },
  exchangeChatFrames: {
    ...PUBLIC_FORM,
    path: ({ chatForm }) => ({ form: chatForm }),
    body: ({ chatToken }) => ({ token: chatToken, hello: { since: 0 }, frames: [] }),
  },
  preflightChat: PUBLIC_FORM,

  listOrganizationLeads: {},
  retrieveOrganizationLead: {},
  replaceOrganizationLead: { body: CHANGE },
  updateOrganizationLead: { body: CHANGE },
  listAssignedLeads: {},
  retrieveAssignedLead: ASSIGNED,
  replaceAssignedLead: { ...ASSIGNED, body: CHANGE },
  updateAssignedLead: { ...ASSIGNED, body: CHANGE },
  listPendingLeads: {},
  retrievePendingLead: {},
  replacePendingLead: { body: CHANGE },
  updatePendingLead: { body: CHANGE },

  listIncoming: { query: ({ uid, pipeline }) => ({ "filter[uid][]": uid, "filter[pipeline_id]": pipeline }) },
  summarizeIncoming: { query: ({ uid, pipeline }) => ({ "filter[uid][]": uid, "filter[pipeline_id]": pipeline }) },
  getIncoming: waiting,
  addCalls: { body: ({ pipeline }) => [call({ pipeline_id: pipeline })] },
  addForms: { body: ({ pipeline, form }) => [request({ pipeline_id: pipeline }, { form_id: form })] },
  acceptIncoming: [
    { ...waiting, body: ({ agentNumber }) => ({ user_id: agentNumber }) },
    { ...waiting, body: ({ status }) => ({ status_id: status }), untried: "the status is of another pipeline" },
  ],
  declineIncoming: { ...waiting, body: ({ agentNumber }) => ({ user_id: agentNumber }) },
  linkIncoming: [
    {
      path: ({ chatUid }) => ({ uid: chatUid }),
      body: ({ record, agentNumber }) => ({
        ...{
          user_id: agentNumber,
          link: { entity_id: record, entity_type: "leads", metadata: { contact_id: record } },
        },
      }),
    },
    {
      path: ({ chatUid }) => ({ uid: chatUid }),
      body: ({ customer }) => ({ link: { entity_id: customer, entity_type: "customers" } }),
    },
  ],
  listLeadRecords: {},
  getLeadRecord: inV4("record"),
  listContacts: {},
  getContact: inV4("record"),
  listCompanies: {},
  getCompany: inV4("record"),
  listAccountUsers: {},
  getAccountUser: inV4("agentNumber"),
  listAccountPipelines: {},
  getAccountPipeline: inV4("pipeline"),
  listAccountStatuses: inV4("pipeline"),
  getAccountStatus: { path: ({ pipeline, status }) => ({ id: pipeline, status }) },
  getAccount: {},

  crmOverview: {},
  crmListLeads: { query: ({ username }) => ({ owner: username }) },
  crmListAppointments: meetings,
  crmListAppointments2: meetings,
  crmViewLead: { query: ({ slug }) => ({ slug }) },
  crmViewLead2: { query: ({ slug }) => ({ slug }) },
  ...{ crmCreateLead: newLead, crmCreateLead2: newLead, crmCreateLead3: newLead, crmCreateLead4: newLead },
  ...{ crmUpdateLead: changedLead, crmUpdateLead2: changedLead, crmDeleteLead: bySlug, crmDeleteLead2: bySlug },
  ...{ crmCreateAppointment: newMeeting, crmCreateAppointment2: newMeeting },
  ...{ crmUpdateAppointment: movedMeeting, crmUpdateAppointment2: movedMeeting },
  ...{ crmDeleteAppointment: byMeeting, crmDeleteAppointment2: byMeeting },
  ...{ crmCreateNote: newNote, crmCreateNote2: newNote, crmDeleteNote: byNote, crmDeleteNote2: byNote },
  crmLogin: { body: ({ username }) => ({ username, password: "correct horse — 42" }) },
  crmRefreshLogin: { body: ({ crmRefresh }) => ({ refresh: crmRefresh }) },

  getLeadSummary: { path: ({ record }) => ({ lead: record }) },
  getLeadSummaryAtRoot: { path: ({ record }) => ({ lead: record }) },
  getLeads: [{ query: chatLeads }, { query: ({ chatForm }) => ({ agentId: chatForm }) }],
  postGetLeads: [{ body: chatLeads }, { body: ({ chatForm }) => ({ agentId: chatForm }) }],

  askConsent: {
    isPublic: "programs' ids stand in links",
    known: ["integration"],
    query: ({ integration }) => ({ client_id: integration, response_type: "code" }),
  },
  giveConsent: { isPublic: "the page that askConsent shows", untried: "without its page it is refused; see consent" },
  getTokens: [
    {
      isPublic: "programs show their secret in the body",
      body: ({ integration, clientSecret, code }) => ({
        ...{ client_id: integration, client_secret: clientSecret, grant_type: "authorization_code", code },
      }),
    },
    {
      isPublic: "programs show their secret in the body",
      body: ({ integration, clientSecret, refreshToken }) => ({
        ...{ client_id: integration, client_secret: clientSecret },
        ...{ grant_type: "refresh_token", refresh_token: refreshToken },
      }),
    },
    { body: ({ code }) => ({ grant_type: "authorization_code", code }) },
    { body: ({ refreshToken }) => ({ grant_type: "refresh_token", refresh_token: refreshToken }) },
  ],

  createOrganization: { untried: "root alone", body: () => ({ name: "New" }) },
  listOrganizations: { untried: "root alone" },
  getOrganization: {},
  updateOrganization: { body: () => ({ name: "Renamed" }) },
  createUser: [
    { body: ({ admin }) => ({ id: admin, username: "new.one", role: "agent" }), chosen: ["admin"] },
    { body: ({ username }) => ({ username, role: "agent" }), chosen: ["username"] },
  ],
  listUsers: {},
  updateUser: [
    { body: () => ({ first_name: "Changed" }) },
    { body: ({ username }) => ({ username }), chosen: ["username"] },
  ],
  createCredential: { body: ({ agent }) => ({ kind: "user_token", user_id: agent }) },
  listCredentials: {},
  revokeCredential: {},
  createIntegration: {
    body: ({ integration }) => ({ id: integration, name: "New", redirect_uri: "https://client.example/new" }),
    chosen: ["integration"],
  },
  listIntegrations: {},
  revokeIntegration: {},
  createCode: { body: ({ agent }) => ({ user_id: agent }) },
  createForm: [{ body: formBody }, { body: (ids) => ({ ...formBody(ids), id: ids.form }), chosen: ["form"] }],
  listForms: {},
  getForm: {},
  updateForm: { body: ({ admin, pipeline }) => ({ owner_id: admin, pipeline_id: pipeline }) },
  createCustomer: { body: () => ({ name: "New" }) },
  listCustomers: {},
  getMailAddress: {},
  rotateMailAddress: { body: () => ({}) },
  listPipelines: {},
  createPipeline: { body: () => ({ name: "New" }) },
  getPipeline: inPipeline,
  updatePipeline: { ...inPipeline, body: () => ({ name: "Renamed" }) },
  deletePipeline: { ...inPipeline, untried: "only an empty pipeline goes; see the contract" },
  createStatus: { ...inPipeline, body: () => ({ key: "new-one", name: "New", colour: "#abcdef" }) },
  updateStatus: { ...stage, body: () => ({ name: "Renamed" }) },
  deleteStatus: stage,
  listSources: {},
  createSource: { body: () => ({ key: "new-one", name: "New" }) },
  getSource: {},
  updateSource: { body: () => ({ name: "Renamed" }) },
  listHeldLeads: {},
  releaseLead: held,
  dropLead: held,
  purge: [
    { body: ({ lead }) => ({ lead_id: lead }) },
    { body: ({ email }) => ({ email }) },
    { body: () => ({ retention: true }) },
  ],

  listRooms: {},
  openInboxSocket: { untried: "a socket, which names nothing" },
  getRoom: {},
  joinRoom: {},
  leaveRoom: taken,
  closeRoom: taken,
  handRoomOver: { ...taken, body: ({ agent }) => ({ user_id: agent }) },
  sayInRoom: { ...taken, body: () => ({ id: "m9", text: "Hello" }) },
  readRoom: { ...taken, body: () => ({ seq: 1 }) },
  typeInRoom: taken,
  listIncomingLeads: {},
  acceptIncomingLead: { body: ({ agent }) => ({ user_id: agent }) },
  pickIncomingLead: {},
  declineIncomingLead: {},
  listColleagues: {},
  getMe: {},
  signIn: {
    isPublic: "whoever signs in",
    body: ({ organization, username }) => ({ organization, username, password: "correct horse — 42" }),
  },
  getSession: {},
  signOut: {},

  getDemoPage: { isPublic: "a page", ...demo },
  getChatPage: { isPublic: "a page", known: ["chatForm"], query: ({ chatForm }) => ({ chat: chatForm }) },
  getThemingPage: { isPublic: "a page", ...demo },
  getDemoStyle: { isPublic: "a style sheet" },
  getHealth: { isPublic: "whoever watches" },
};
