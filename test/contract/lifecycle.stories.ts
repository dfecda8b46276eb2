/** What can happen to a lead, told without any dialect's words: the stories that lifecycle.case.ts runs. */
import { expect } from "vitest";
import { admin, type Edge, lead, somebody, type Tenant } from "../support/edge.ts";
import { eventKinds } from "../support/rows.ts";

export const VERBS = ["pick", "close", "reopen", "unassign", "reassign"] as const;
export type Verb = (typeof VERBS)[number];

/** What a caller sees of a lead, whichever words the dialect has for it. */
export interface Told {
  /** `absent`: the dialect shows no such lead. */
  is: "absent" | "pending" | "assigned" | "closed";
  /** The user's id. */
  owner: string | null;
  isEmptied: boolean;
}

/** A world in which one lead lives. */
export interface Life {
  at: Edge;
  of: Tenant;
  id: string;
  /** Does the verb and insists on success. */
  does: (verb: Verb) => Promise<void>;
  /** Insists that the lead, with its data, is told like this. */
  isToldAs: (is: Told["is"], owner?: string | null) => Promise<void>;
  /** What is told of this or another lead. */
  tell: (leadId: string) => Promise<Told>;
  /** The visitor sends the very same again. @returns the status. */
  asksAgain: () => Promise<number>;
}

export interface Story {
  title: string;
  needs: Verb[];
  form?: object;
  /** It asks or tells of a lead before anybody has accepted it. */
  isOfWaiting?: true;
  run: (life: Life) => Promise<void>;
}

const purge = ({ at, of }: Life, body: object) => admin(at, "POST", `/organizations/${of.id}/purge`, body);

export const STORIES: Story[] = [
  {
    title: "captured, picked, closed, reopened, given back, purged",
    needs: ["pick", "close", "reopen", "unassign"],
    run: async (life) => {
      const { of, id, does, isToldAs, tell } = life;
      await isToldAs("pending");
      await does("pick");
      await isToldAs("assigned", of.agent.id);
      await does("close");
      await isToldAs("closed", of.agent.id);
      await does("reopen");
      await isToldAs("assigned", of.agent.id);
      await does("unassign");
      await isToldAs("pending");
      await purge(life, { lead_id: id });
      expect(await tell(id)).toEqual({ is: "pending", owner: null, isEmptied: true });
      expect(await eventKinds(id)).toEqual(["created", "assign", "close", "reopen", "unassign", "purge"]);
    },
  },
  {
    title: "closed before anybody picked it, reopened to nobody, then picked",
    needs: ["close", "reopen", "pick"],
    run: async ({ of, does, isToldAs }) => {
      await does("close");
      await isToldAs("closed");
      await does("reopen");
      await isToldAs("pending");
      await does("pick");
      await isToldAs("assigned", of.agent.id);
    },
  },
  {
    title: "passed on to a colleague, open and closed; reopened, it is the colleague's",
    needs: ["pick", "reassign", "close", "reopen"],
    run: async ({ of, does, isToldAs }) => {
      await does("pick");
      await does("close");
      await does("reassign");
      await isToldAs("closed", of.otherAgent.id);
      await does("reopen");
      await isToldAs("assigned", of.otherAgent.id);
    },
  },
  {
    title: "its user leaves: open it is everybody's again, closed it stays as it was",
    needs: ["pick"],
    run: async ({ at, of, does, isToldAs }) => {
      await does("pick");
      await admin(at, "PATCH", `/organizations/${of.id}/users/${of.agent.id}`, { is_active: false });
      await isToldAs("pending");
    },
  },
  {
    title: "the same request may come again once the first was picked, and not before",
    isOfWaiting: true,
    needs: ["pick"],
    run: async ({ does, asksAgain }) => {
      expect(await asksAgain()).toBe(409);
      await does("pick");
      expect(await asksAgain()).toBe(201);
      expect(await asksAgain()).toBe(409);
    },
  },
  {
    title: "for another program: the same request may come again once the first was closed, and not before",
    needs: ["reassign", "close"],
    form: { is_processable: true },
    run: async ({ does, asksAgain }) => {
      await does("reassign");
      expect(await asksAgain()).toBe(409);
      await does("close");
      expect(await asksAgain()).toBe(201);
    },
  },
  {
    title: "a person is erased: the lead stays where it was, emptied",
    isOfWaiting: true,
    needs: ["pick"],
    run: async (life) => {
      const { at, of, does, tell } = life;
      const data = somebody();
      const id = await lead(at, of.formId, { data });
      await does("pick");
      await purge(life, { email: data.email });
      expect(await tell(id)).toEqual({ is: "pending", owner: null, isEmptied: true });
      expect(await tell(life.id)).toEqual({ is: "assigned", owner: of.agent.id, isEmptied: false });
    },
  },
];
