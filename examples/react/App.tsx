/** The least that an application needs: a form in the page, and a button that takes it away and brings it back. */
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { FoyerForm } from "./FoyerForm.tsx";

function App({ server, form }: { server: string; form: string }) {
  const [isShown, setShown] = useState(true);
  const [lead, setLead] = useState<string>();
  return (
    <main>
      <h1>A React page</h1>
      <button type="button" onClick={() => setShown(!isShown)}>
        {isShown ? "Take away" : "Bring back"}
      </button>
      {isShown && <FoyerForm server={server} form={form} inline onSent={(detail) => setLead(detail.lead)} />}
      {lead && <p id="lead">{lead}</p>}
    </main>
  );
}

const root = document.querySelector<HTMLElement>("#root");
if (root) {
  const { server = "", form = "" } = root.dataset;
  createRoot(root).render(
    <StrictMode>
      <App server={server} form={form} />
    </StrictMode>,
  );
}
