import { Ask } from "./Ask.tsx";
import { ConversationView } from "./Conversation.tsx";
import type { Desk } from "./desk.ts";
import { moveTo } from "./focus.ts";
import { groupsOf } from "./hear.ts";
import { LeadList } from "./LeadList.tsx";
import { RoomList } from "./RoomList.tsx";
import { SignIn } from "./SignIn.tsx";

/** The whole page. On narrow screens the lists and the open room take turns, by `data-open`. */
export function App({ desk }: { desk: Desk }) {
  const { state } = desk;
  if (state.phase === "loading") return <p class="hint">Loading…</p>;
  if (state.phase === "signed-out") return <SignIn desk={desk} />;
  const { me, isLive, conversation, tab, asking, problem } = state;
  return (
    <div class="desk" data-open={conversation ? "room" : "lists"}>
      <header>
        <h1 id="heading" tabIndex={-1}>
          Inbox
        </h1>
        <p class="organization">{me?.organization.name}</p>
        <p class="line" role="status" data-live={isLive}>
          {isLive ? "Live" : "Connecting…"}
        </p>
        <p class="me">{me?.user.name}</p>
        <button type="button" onClick={() => desk.signOut().then(() => moveTo("input"))}>
          Sign out
        </button>
        {problem && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
      </header>
      <nav aria-label="Lists">
        <div class="tabs">
          <Tab desk={desk} tab="rooms" words="Chats" count={groupsOf(state)[0]?.[1].length ?? 0} />
          <Tab desk={desk} tab="leads" words="Leads" count={state.leads.size} />
        </div>
        {tab === "rooms" ? <RoomList desk={desk} /> : <LeadList desk={desk} />}
      </nav>
      <main>
        {conversation ? (
          <ConversationView key={conversation.id} desk={desk} open={conversation} />
        ) : (
          <p class="hint">Choose a conversation.</p>
        )}
      </main>
      {asking && conversation && <Ask desk={desk} open={conversation} asking={asking} />}
      <p class="unseen" role="status">
        {state.said}
      </p>
    </div>
  );
}

interface TabProps {
  desk: Desk;
  tab: "rooms" | "leads";
  words: string;
  /** Of what waits. */
  count: number;
}

function Tab({ desk, tab, words, count }: TabProps) {
  function choose() {
    desk.state.tab = tab;
    desk.draw();
  }
  return (
    <button type="button" aria-pressed={desk.state.tab === tab} onClick={choose}>
      {words}
      {count > 0 && (
        <>
          {" "}
          <span class="count">
            {count}
            <span class="unseen"> waiting</span>
          </span>
        </>
      )}
    </button>
  );
}
