/** A user at the doors of rooms. */
import { fullName, type User } from "../domain/organization.ts";
import type { Operator } from "./live.ts";

export const operatorOf = (user: User): Operator => ({
  id: user.id,
  uuid: user.uuid,
  name: fullName(user) || user.username,
  isAdministrator: user.role === "admin",
});
