/** What is kept of a visitor's address, and what one visitor's requests are counted by. */
import ipaddr from "ipaddr.js";
import type { IpPolicy } from "./organization.ts";

/** The address as the organization's policy allows to keep it: whole, its network (/24, /48), or nothing. */
export function keptIp(address: string | null, policy: IpPolicy): string | null {
  if (address === null || policy === "none" || !ipaddr.isValid(address)) return null;
  return policy === "full" ? address : network(address, 24, 48);
}

/** One household: an IPv4 address, or an IPv6 /64, since a single subscriber has all of it. */
export function rateAddress(address: string): string {
  return ipaddr.isValid(address) ? network(address, 32, 64) : "unknown";
}

function network(address: string, bits4: number, bits6: number): string {
  const parsed = ipaddr.process(address);
  const v4 = parsed.kind() === "ipv4";
  const bytes = parsed.toByteArray();
  const bits = v4 ? bits4 : bits6;
  return ipaddr
    .fromByteArray(bytes.map((byte, index) => byte & (0xff << Math.max(0, Math.min(8, 8 - (bits - index * 8)))) & 0xff))
    .toString();
}
