import type { Desk } from "./desk.ts";
import { moveTo } from "./focus.ts";
import type { WaitingLead } from "./state.ts";
import { ago, categoryOf } from "./words.ts";

const DEEDS = [
  ["pick", "Pick"],
  ["accept", "Accept"],
  ["decline", "Decline"],
] as const;

/** The leads that wait to be sorted, the newest first. */
export function LeadList({ desk }: { desk: Desk }) {
  const { leads, moreLeads } = desk.state;
  const sorted = [...leads.values()].sort((a, b) => b.received_at - a.received_at);
  return (
    <div class="scroll">
      <section aria-labelledby="leads">
        <h2 id="leads" tabIndex={-1}>
          Incoming leads
        </h2>
        {sorted.length === 0 && <p class="hint">None waits.</p>}
        <ul>
          {sorted.map((lead) => (
            <Lead key={lead.id} desk={desk} lead={lead} />
          ))}
        </ul>
        {moreLeads && (
          <button type="button" class="more" onClick={() => desk.fetchMoreLeads()}>
            More
          </button>
        )}
      </section>
    </div>
  );
}

function Lead({ desk, lead }: { desk: Desk; lead: WaitingLead }) {
  const { state } = desk;
  const name = lead.name ?? "No name";
  const problem = state.leadProblems.get(lead.id);
  async function sort(event: MouseEvent, how: (typeof DEEDS)[number][0]) {
    const item = (event.currentTarget as HTMLElement).closest("li");
    const next = (item?.nextElementSibling ?? item?.previousElementSibling)?.querySelector("button");
    await desk.sort(lead.id, how);
    if (item?.isConnected) return;
    if (next?.isConnected) next.focus();
    else moveTo("#leads");
  }
  return (
    <li class="lead">
      <span class="name">{name}</span>
      <time dateTime={new Date(lead.received_at).toISOString()}>{ago(lead.received_at, state.now)}</time>
      <span class="words">{categoryOf(lead.category)}</span>
      <div class="deeds">
        {DEEDS.map(([how, words]) => (
          <button
            key={how}
            type="button"
            aria-disabled={state.doing.has(lead.id)}
            onClick={(event) => sort(event, how)}
          >
            {words}
            <span class="unseen"> {name}</span>
          </button>
        ))}
      </div>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}
