/**
 * The local server's secrets, in `<state>/secrets.env`. Made once, in one rename, together with the ids of the demo
 * organization: whatever breaks off later finds the same ids again and can go on.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { newFormId } from "./admin-client.ts";
import { CommandError } from "./fail.ts";

export interface LocalSecrets {
  rootToken: string;
  hmacKeys: string;
  demo: { organization: string; user: string; popupForm: string; inlineForm: string; chatForm: string };
}

const SECRET_BYTES = 32;
const secret = () => randomBytes(SECRET_BYTES).toString("base64url");

export const secretsFile = (state: string): string => join(state, "secrets.env");

/** Writes a file that only its owner may read, at once or not at all. */
export function writePrivate(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

/** Reads the secrets of a state folder; makes the folder and them at first. */
export function openSecrets(state: string): LocalSecrets {
  const path = secretsFile(state);
  if (!existsSync(path)) {
    mkdirSync(state, { recursive: true, mode: 0o700 });
    writePrivate(
      path,
      [
        `FOYER_ROOT_TOKEN=${secret()}`,
        `FOYER_HMAC_KEYS=k1:${secret()}`,
        jwtKeys(),
        `FOYER_DEMO_FORMS=${newFormId()},${newFormId()},${newFormId()}`,
        `FOYER_DEMO_ORGANIZATION=${randomUUID()}`,
        `FOYER_DEMO_USER=${randomUUID()}`,
        "",
      ].join("\n"),
    );
  } else addLater(path);
  return readSecrets(state);
}

const jwtKeys = () => `FOYER_JWT_KEYS=j1:${secret()}`;

/** Gives a state folder of an earlier version the secrets that it could not know of. */
function addLater(path: string): void {
  const text = readFileSync(path, "utf8");
  // Two forms and no chat.
  let later = text.replace(/^(FOYER_DEMO_FORMS=[^,\n]+,[^,\n]+)$/m, (forms) => `${forms},${newFormId()}`);
  if (parseEnv(text).FOYER_JWT_KEYS === undefined) later = `${later.trimEnd()}\n${jwtKeys()}\n`;
  if (later !== text) writePrivate(path, later);
}

/** @throws CommandError where the file lacks something. */
export function readSecrets(state: string): LocalSecrets {
  const path = secretsFile(state);
  const values = parseEnv(readFileSync(path, "utf8"));
  const need = (name: string) => {
    const value = values[name];
    if (!value) throw new CommandError(`${path} has no ${name}. Mend it, or remove ${state} to start afresh.`);
    return value;
  };
  const [popupForm = "", inlineForm = "", chatForm = ""] = need("FOYER_DEMO_FORMS").split(",");
  return {
    rootToken: need("FOYER_ROOT_TOKEN"),
    hmacKeys: need("FOYER_HMAC_KEYS"),
    demo: {
      organization: need("FOYER_DEMO_ORGANIZATION"),
      user: need("FOYER_DEMO_USER"),
      popupForm,
      inlineForm,
      chatForm,
    },
  };
}
