/** The tenant. Times are milliseconds since 1970, UTC. */
import type { ChatHours } from "./chat-hours.ts";

export const IP_POLICIES = ["full", "truncated", "none"] as const;
export type IpPolicy = (typeof IP_POLICIES)[number];

export interface Organization {
  /** The integer account id. */
  id: number;
  uuid: string;
  name: string;
  subscriptionUntil: number | null;
  timeZone: string;
  retentionDays: number | null;
  ipPolicy: IpPolicy;
  /** null: somebody is always in. */
  chatHours: ChatHours | null;
  createdAt: number;
}

/** Whether the doors that cost a subscription are open. Capture never asks: nothing is lost. */
export function isSubscribed(organization: Pick<Organization, "subscriptionUntil">, now: number): boolean {
  return organization.subscriptionUntil !== null && organization.subscriptionUntil > now;
}

export const ROLES = ["admin", "agent"] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  id: number;
  uuid: string;
  organizationId: number;
  username: string;
  firstName: string;
  lastName: string;
  role: Role;
  isActive: boolean;
  createdAt: number;
}

export interface Credential {
  /** The public part of the secret. */
  id: string;
  kind: "user_token" | "api_key";
  userUuid: string | null;
  name: string;
  expiresAt: number | null;
  revokedAt: number | null;
  createdAt: number;
}

export const fullName = (user: Pick<User, "firstName" | "lastName">): string =>
  `${user.firstName} ${user.lastName}`.trim();
