/**
 * The life of a lead as summaries tell it. The dialect has no verbs of its own: things are done through the v5 API, whose
 * statuses they answer with, and what has become of the lead is read here.
 */
import { env } from "cloudflare:workers";
import { type LifecycleDialect, lifecycleCases } from "../lifecycle.case.ts";
import { V5_VERBS } from "../v5-verbs.ts";
import { numberOf, summary } from "./summary.ts";

const LEAD_SUMMARY: LifecycleDialect = {
  name: "lead-summary",
  verbs: V5_VERBS,
  succeeded: 200,
  gone: 404,
  tell: async (at, of, uuid) => {
    const id = await numberOf(uuid);
    const response = await at.send("GET", `/leads/summary/${id}`, { token: of.admin.token });
    if (response.status === 404) return { is: "absent", owner: null, isEmptied: false };
    const { name, email, phonenumber, status, assigned } = await summary(at, of, id);
    const user = await env.DB.prepare("SELECT uuid FROM user WHERE id = ?").bind(assigned).first<{ uuid: string }>();
    return {
      is: status === "Closed" ? "closed" : assigned === "0" ? "pending" : "assigned",
      owner: user?.uuid ?? null,
      isEmptied: `${name}${email}${phonenumber}` === "",
    };
  },
};

lifecycleCases(LEAD_SUMMARY);
