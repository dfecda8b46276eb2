import type { Desk } from "./desk.ts";
import { moveTo } from "./focus.ts";
import type { Conversation } from "./state.ts";
import { nameOf } from "./words.ts";

interface Props {
  desk: Desk;
  open: Conversation;
  asking: "hand-over" | "close";
}

/** The dialog before a room goes to somebody else, or ends for good. */
export function Ask({ desk, open, asking }: Props) {
  function quit() {
    desk.state.asking = undefined;
    desk.draw();
    moveTo("#words", "#who");
  }
  async function act(event: SubmitEvent) {
    event.preventDefault();
    const to = new FormData(event.currentTarget as HTMLFormElement).get("to");
    await (asking === "close" ? desk.close() : desk.handOver(to ? String(to) : undefined));
    moveTo("#words", "#who");
  }
  const show = (dialog: HTMLDialogElement | null) => {
    if (dialog && !dialog.open) dialog.showModal();
  };
  return (
    <dialog ref={show} aria-labelledby="asked" onClose={quit}>
      <form onSubmit={act}>
        <h2 id="asked">{asking === "close" ? `Close the conversation with ${nameOf(open.room)}?` : "Hand over"}</h2>
        {asking === "close" ? (
          <p>It ends for the visitor, too, and cannot be opened again.</p>
        ) : (
          <Colleagues desk={desk} open={open} />
        )}
        <div class="deeds">
          <button type="submit" class="strong">
            {asking === "close" ? "Close it" : "Hand over"}
          </button>
          <button type="button" onClick={quit}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Colleagues({ desk: { state }, open }: { desk: Desk; open: Conversation }) {
  const others = state.colleagues.filter(({ id }) => id !== open.room?.operator?.id);
  // Who is here can answer at once.
  others.sort(
    (a, b) => Number(state.online.has(b.id)) - Number(state.online.has(a.id)) || a.name.localeCompare(b.name),
  );
  return (
    <label>
      To
      <select name="to">
        <option value="">Whoever is free</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {id === state.me?.user.id ? `${name} (you)` : name}
            {state.online.has(id) ? " – here" : ""}
          </option>
        ))}
      </select>
    </label>
  );
}
