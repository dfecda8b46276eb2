/** The admin API's operations on users, credentials and integrations. */
import { json, named, type Operation } from "../http/openapi.ts";
import { and, answer, change, conflict, create, invalid, list, notFound, remove } from "../http/openapi-operations.ts";
import * as bodies from "./bodies.ts";
import { NewCode, NewIntegration } from "./integrations.ts";
import { ORGANIZATION } from "./paths.ts";
import { NewCredential, NewUser, UserPatch } from "./schemas.ts";

named({
  User: bodies.User,
  NewUser,
  UserPatch,
  Credential: bodies.Credential,
  NewCredential,
  Integration: bodies.Integration,
  NewIntegration,
});

const USERS = `${ORGANIZATION}/users`;
const CREDENTIALS = `${ORGANIZATION}/credentials`;
const INTEGRATIONS = `${ORGANIZATION}/integrations`;
const INTEGRATION = `${INTEGRATIONS}/{integration}`;

export const peopleOperations: Operation[] = [
  and(create(USERS, "createUser", "Make a user", NewUser, bodies.User), conflict),
  list(USERS, "listUsers", "List users", bodies.User, notFound),
  and(change(`${USERS}/{user}`, "updateUser", "Change a user", UserPatch, bodies.User), conflict),
  create(CREDENTIALS, "createCredential", "Make a token or a key", NewCredential, bodies.NewCredentialAnswer),
  list(CREDENTIALS, "listCredentials", "List credentials", bodies.Credential, notFound),
  remove(`${CREDENTIALS}/{credential}`, "revokeCredential", "Revoke a credential"),
  and(
    create(INTEGRATIONS, "createIntegration", "Register a program", NewIntegration, bodies.NewIntegrationAnswer),
    conflict,
  ),
  list(INTEGRATIONS, "listIntegrations", "List programs", bodies.Integration, notFound),
  remove(INTEGRATION, "revokeIntegration", "Revoke a program, and all that it was given"),
  {
    method: "post",
    path: `${INTEGRATION}/codes`,
    id: "createCode",
    summary: "Give a program a code for a user",
    body: json(NewCode),
    answers: { 201: answer(bodies.Code, "The code, good for a short time."), ...invalid, ...notFound },
  },
];
