/** Who asks. Every verb takes one; events remember it. */
import type { Organization, User } from "./organization.ts";

export type Actor =
  /** The holder of the deployment's root token. */
  | { kind: "root" }
  | { kind: "user"; user: User; organization: Organization }
  | { kind: "api_key"; credentialId: string; organization: Organization }
  | { kind: "visitor"; visitorId: string | null }
  /** Foyer itself: the daily cron. */
  | { kind: "system" };

/** What a lead's events keep of the actor. A visitor's id is personal and stays with the lead, where a purge finds it. */
export function actorStamp(actor: Actor): { kind: Actor["kind"]; id: string | null } {
  if (actor.kind === "user") return { kind: "user", id: String(actor.user.id) };
  if (actor.kind === "api_key") return { kind: "api_key", id: actor.credentialId };
  return { kind: actor.kind, id: null };
}

/** Whose leads the actor reads and writes where people have their own: undefined for everybody's. */
export function ownLeadsOf(actor: Actor): number | undefined {
  if (isAdministrator(actor)) return undefined;
  // Nobody's number: an actor who is no user has no leads.
  return actor.kind === "user" ? actor.user.id : -1;
}

/** Whether a lead of this user, or of nobody, is among them. */
export function hasLeadOf(actor: Actor, keeperId: number | null): boolean {
  const own = ownLeadsOf(actor);
  return own === undefined || keeperId === own;
}

/** Whether the actor may give leads to this user, sort in their name, or touch what is theirs: agents are only themselves. */
export function mayActFor(actor: Actor, user: { id: number | null } | { uuid: string }): boolean {
  if (isAdministrator(actor)) return true;
  if (actor.kind !== "user") return false;
  return "id" in user ? actor.user.id === user.id : actor.user.uuid === user.uuid;
}

/** Whether the actor may change any lead of the organization, and not only its own and the pending ones. */
export function isAdministrator(actor: Actor): boolean {
  return actor.kind === "root" || actor.kind === "system" || (actor.kind === "user" && actor.user.role === "admin");
}
