import type { Credentials, Desk } from "./desk.ts";
import { moveTo } from "./focus.ts";

/** The form to sign in with. What was entered stays when it was refused. */
export function SignIn({ desk }: { desk: Desk }) {
  const { problem, isBusy, me } = desk.state;
  const organization = me?.organization.id ?? new URLSearchParams(location.search).get("organization") ?? "";
  async function signIn(event: SubmitEvent) {
    event.preventDefault();
    if (isBusy) return;
    const entered = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)) as unknown as Credentials;
    await desk.signIn({ ...entered, organization: entered.organization.trim(), username: entered.username.trim() });
    moveTo("#problem", "#heading");
  }
  return (
    <main class="sign-in">
      <h1>Inbox</h1>
      <form onSubmit={signIn}>
        <label>
          Organization
          <input
            name="organization"
            required
            autocomplete="off"
            spellcheck={false}
            defaultValue={organization}
            aria-describedby="organization-help"
          />
        </label>
        <small id="organization-help">Its UUID or its account number.</small>
        <label>
          User name
          <input name="username" required autocomplete="username" autocapitalize="none" spellcheck={false} />
        </label>
        <label>
          Password
          <input name="password" type="password" required autocomplete="current-password" />
        </label>
        {problem && (
          <p id="problem" class="problem" role="alert" tabIndex={-1}>
            {problem}
          </p>
        )}
        <button type="submit" class="strong" aria-disabled={isBusy}>
          {isBusy ? "Signing in…" : "Sign in"}
        </button>
      </form>
    </main>
  );
}
