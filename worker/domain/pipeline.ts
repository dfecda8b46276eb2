/** The stages of work: those that every organization starts with, and what any pipeline's must be. One table serves every dialect: names, keys, ids and colours. */
import type { FieldProblem } from "./failure.ts";

export const MAIN_PIPELINE = "Leads";

/** Where incoming leads wait, where work starts, where it ends: each pipeline has one of each, and any number between. */
export const STATUS_ROLES = ["incoming", "first", "between", "closed"] as const;
export type StatusRole = (typeof STATUS_ROLES)[number];

export interface StatusSeed {
  key: string;
  name: string;
  colour: string;
  description: string;
  role: StatusRole;
}

const status = (
  key: string,
  name: string,
  colour: string,
  description: string,
  role: StatusSeed["role"] = "between",
): StatusSeed => ({ key, name, colour, description, role });

export const MAIN_STATUSES: readonly StatusSeed[] = [
  status("incoming", "New", "#84CC16", "Came in and waits to be sorted.", "incoming"),
  status("prospect", "Prospect", "#0EA5E9", "Accepted; nobody has spoken to them yet.", "first"),
  status("tentative", "Tentative", "#8B5CF6", "Interested, undecided."),
  status("potential", "Potential", "#F59E0B", "Likely to become a customer."),
  status("contact", "Contact", "#14B8A6", "In touch, without a present request."),
  status("customer", "Customer", "#22C55E", "Bought."),
  status("closed", "Closed", "#64748B", "Done, whatever the outcome.", "closed"),
];

/** What is wrong with the statuses of a pipeline: keys that stand twice, roles that are not there just once. */
export function statusProblems(statuses: readonly StatusSeed[]): FieldProblem[] {
  const twice = statuses.flatMap(({ key }, index) =>
    statuses.findIndex((other) => other.key === key) < index
      ? [{ field: `statuses.${index}.key`, code: "not_unique" }]
      : [],
  );
  const roles = STATUS_ROLES.filter(
    (role) => role !== "between" && statuses.filter((each) => each.role === role).length !== 1,
  );
  return [...twice, ...roles.map((role) => ({ field: "statuses", code: `one_${role}` }))];
}
