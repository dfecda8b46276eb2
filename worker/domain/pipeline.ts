/** The stages that every organization starts with. One table serves every dialect: names, keys, ids and colours. */
export const MAIN_PIPELINE = "Leads";

export interface StatusSeed {
  key: string;
  name: string;
  colour: string;
  description: string;
  role: "incoming" | "first" | "between" | "closed";
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
