/** JSX by Preact's own `h`: its runtime module spells the making of a node out a second time. The build puts this in. */
import { type ComponentType, h } from "preact";

export { Fragment } from "preact";

/** What the compiler calls for an element. */
export const jsx = (type: string | ComponentType, props: object, key?: string) => h(type as string, { ...props, key });
export { jsx as jsxs };
