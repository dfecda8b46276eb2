/** The browser for tests: found where systems put it, else installed where the system lets us. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { CommandError } from "./fail.ts";

/** Debian's smallest: no windows, 70 ms to launch. */
const DEBIAN_PACKAGE = "chromium-headless-shell";
const USUAL_PATHS = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** @returns the path in `CHROME`, else the first usual one that exists. @throws CommandError where `CHROME` is no file. */
export function findChromium(): string | undefined {
  const given = process.env.CHROME;
  if (given && !existsSync(given)) throw new CommandError(`CHROME is ${given}, and there is no such file.`);
  return given || USUAL_PATHS.find((path) => existsSync(path));
}

/** Finds Chromium, or installs it with apt where that needs no password. @throws CommandError that says what to install. */
export function needChromium(): string {
  const path = findChromium() ?? (install() ? findChromium() : undefined);
  if (path) return path;
  throw new CommandError(
    `The browser tests need Chromium. Install it (Debian: apt-get install ${DEBIAN_PACKAGE}; elsewhere: Chrome or ` +
      "Chromium from its maker), or set CHROME to its path.",
  );
}

function install(): boolean {
  if (spawnSync("apt-get", ["--version"]).status !== 0) return false;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync("sudo", ["-n", "true"]).status !== 0) return false;
  const apt = (...args: string[]) => {
    const [file = "", ...rest] = [
      ...(isRoot ? [] : ["sudo", "-n"]),
      "env",
      "DEBIAN_FRONTEND=noninteractive",
      "apt-get",
      ...args,
    ];
    return spawnSync(file, rest, { stdio: ["ignore", 2, 2] }).status === 0;
  };
  console.error(`Installing ${DEBIAN_PACKAGE} for the browser tests ...`);
  const wanted = ["install", "-y", "--no-install-recommends", DEBIAN_PACKAGE];
  return apt(...wanted) || (apt("update") && apt(...wanted));
}
