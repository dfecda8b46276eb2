/** The built widget, for the commands that serve it. */
import { type Built, need } from "./fresh.ts";

const WIDGET: Built = {
  name: "widget",
  file: "foyer.js",
  sources: [
    "widget",
    "inbox",
    "shared",
    "scripts/build.ts",
    // What the APIs' description is made of.
    "worker/api",
    "worker/domain",
    "worker/openapi.ts",
    "reference",
    "scripts/reference.ts",
    "scripts/inbox.ts",
    "releases",
    "scripts/lib/bundle.ts",
    "scripts/lib/lean-preact.ts",
    "scripts/lib/versions.ts",
    "package.json",
    "package-lock.json",
  ],
  build: async () => (await import("../build.ts")).buildWidget(),
};

/** Resolves when dist/widget is what the sources make. */
export const needWidget = (): Promise<void> => need(WIDGET);
