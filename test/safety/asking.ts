/** Requests made of the API's description: its operations, who may ask them, and how each kind of credential is shown. */
import type { OperationObject } from "../../worker/api/http/openapi-document.ts";
import type { Edge, SendOptions } from "../support/edge.ts";
import { DOCUMENT } from "../support/openapi.ts";
import { EXAMPLES, type Example, PATHS } from "./examples.ts";
import type { House, Ids } from "./house.ts";

export interface Operation {
  id: string;
  method: string;
  path: string;
  dialect: string;
  object: OperationObject;
  /** Who may ask, as the description names them: together, where there are several in one. None: anybody. */
  callers: string[][];
}

/** Every operation of the API's description. */
export const OPERATIONS: Operation[] = Object.entries(DOCUMENT.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, object]) => ({
    ...{ id: object.operationId, method: method.toUpperCase(), path, object, dialect: object.tags[0] as string },
    callers: (object.security ?? []).map((caller) => Object.keys(caller)).filter((caller) => caller.length > 0),
  })),
);

export const examplesOf = (operation: Operation): Example[] => [EXAMPLES[operation.id] ?? []].flat();

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
export const basic = (user: string, password: string) => ({ authorization: `Basic ${btoa(`${user}:${password}`)}` });

/** The headers in which a house shows what it has of these kinds. Root's are nobody's. */
export function shown(callers: readonly string[], of: House): Record<string, string> {
  const how: Record<string, () => Record<string, string>> = {
    user_token: () => bearer(of.admin.token),
    oauth: () => bearer(of.secrets.oauth),
    login: () => bearer(of.secrets.login),
    api_key: () => bearer(of.apiKey),
    organization_key: () => ({ apikey: of.apiKey }),
    key_and_token: () => basic(of.apiKey, of.admin.token),
    client_basic: () => basic(of.program.id, of.program.secret),
    session: () => ({
      ...{ cookie: of.secrets.session.cookie, "x-csrf-token": of.secrets.session.csrf },
      ...{ origin: "https://foyer.test", "sec-fetch-site": "same-origin" },
    }),
  };
  return Object.assign({}, ...callers.map((caller) => (how[caller] as () => object)()));
}

export interface Asked {
  path: string;
  options: SendOptions;
}

let strangers = 0;
/** Somebody else each time: wrong knocks are counted by address. */
function newAddress(): string {
  strangers += 1;
  return `2001:db8:${Math.floor(strangers / 65_536).toString(16)}:${(strangers % 65_536).toString(16)}::7`;
}

/** The request of an example, with these ids in it. @throws where a name of the path has none. */
export function requestOf(operation: Operation, example: Example, ids: Ids): Asked {
  const named = example.path?.(ids) ?? {};
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = named[name] ?? (PATHS[name] && ids[PATHS[name]]);
    if (value === undefined) throw new Error(`${operation.id}: no example for {${name}}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams(
    Object.entries(example.query?.(ids) ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const body = example.body?.(ids);
  const headers = { "cf-connecting-ip": newAddress(), ...example.headers?.(ids) };
  const options = { headers, ...(body === undefined ? {} : { body }) };
  return { path: query.size > 0 ? `${path}?${query}` : path, options };
}

/** Asks as whoever shows these headers. */
export const ask = (at: Edge, operation: Operation, { path, options }: Asked, headers: Record<string, string>) =>
  at.send(operation.method, path, { ...options, headers: { ...options.headers, ...headers } });
