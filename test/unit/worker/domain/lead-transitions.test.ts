import { describe, expect, it } from "vitest";
import { LEAD_STATES, type LeadState } from "../../../../worker/domain/lead.ts";
import { LEAD_VERBS, nextState, TRANSITIONS, transitionMap } from "../../../../worker/domain/lead-transitions.ts";

/**
 * The law, written out a second time by hand: rows are states, columns verbs. `-` is "not seen by whoever would do it",
 * `x` is "gone", `=` is "stays", `?` is "pending or assigned, by the owner".
 */
const LAW = `
             release  drop     accept   decline   link    assign    unassign  close   reopen   edit      meet      delete
held         intake   dropped  -        -         -       -         -         -       -        -         -         -
dropped      -        -        -        -         -       -         -         -       -        -         -         -
incoming     -        -        pending  declined  linked  assigned  =         closed  =        =         =         deleted
pending      -        -        x        x         x       assigned  =         closed  =        =         =         deleted
assigned     -        -        x        x         x       =         pending   closed  =        =         =         deleted
closed       -        -        x        x         x       =         =         =       ?        =         x         deleted
declined     -        -        x        x         x       x         x         x       x        x         x         x
linked       -        -        x        x         x       x         x         x       x        x         x         x
deleted      -        -        x        x         x       x         x         x       x        x         x         x
`;
const [head = [], ...lines] = LAW.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
const meaning = (state: string, cell: string): string | null =>
  cell === "-" ? null : cell === "x" ? "gone" : cell === "=" ? state : cell === "?" ? "open" : cell;

describe("the table of a lead's life", () => {
  it("is written out whole", () => {
    expect(head).toEqual([...LEAD_VERBS]);
    expect(lines.map(([state]) => state)).toEqual([...LEAD_STATES]);
  });

  it.each(lines.map(([state = "", ...cells]) => [state, cells] as const))("of a lead that is %s", (state, cells) => {
    expect(cells).toHaveLength(LEAD_VERBS.length);
    const expected = Object.fromEntries(LEAD_VERBS.map((verb, index) => [verb, meaning(state, cells[index] ?? "")]));
    expect(TRANSITIONS[state as LeadState]).toEqual(expected);
    for (const verb of LEAD_VERBS) expect(nextState(state as LeadState, [verb])).toBe(expected[verb]);
  });
});

describe("several verbs in one change", () => {
  it("lead where one after the other would", () => {
    expect(nextState("incoming", ["assign", "close"])).toBe("closed");
    expect(nextState("pending", ["assign", "reopen"])).toBe("assigned");
    expect(nextState("closed", ["assign", "reopen"])).toBe("open");
    expect(nextState("assigned", ["unassign", "close"])).toBe("closed");
    expect(nextState("assigned", [])).toBe("assigned");
  });

  it("end at the first that cannot be", () => {
    expect(nextState("declined", ["assign", "close"])).toBe("gone");
    expect(nextState("held", ["assign", "release"])).toBeNull();
    expect(nextState("pending", ["accept", "close"])).toBe("gone");
  });
});

describe("the guard that the store binds", () => {
  it("has the legal states of a change and nothing else", () => {
    expect(transitionMap(["release"])).toEqual({ held: "intake" });
    expect(transitionMap(["drop"])).toEqual({ held: "dropped" });
    expect(transitionMap(["accept"])).toEqual({ incoming: "pending" });
    const assign = { incoming: "assigned", pending: "assigned", assigned: "assigned", closed: "closed" };
    expect(transitionMap(["assign"])).toEqual(assign);
    const close = { incoming: "closed", pending: "closed", assigned: "closed", closed: "closed" };
    expect(transitionMap(["assign", "close"])).toEqual(close);
  });
});
