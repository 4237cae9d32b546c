import { escapeHtml, pageShell } from "../home/page-shell.ts";
import { testPeople } from "./test-people.ts";

type SignInPage = {
  /** The authorization request, carried through the form. */
  query: URLSearchParams;
  hint: string;
  sessionEmail?: string | undefined;
  problem?: string;
};

/** The sign-in page: it works without script, and the address comes first, so that Enter signs in with it. */
export function signInPage({ query, hint, sessionEmail, problem }: SignInPage): string {
  const known = sessionEmail === undefined ? [] : [{ name: "Signed in here", email: sessionEmail }];
  const people = [...known, ...testPeople];
  return pageShell({
    title: "Sign in",
    isNarrow: true,
    body: `
<h1>Sign in</h1>
<p class="quiet">The local issuer asks for no password: you are whoever you say.</p>
<form method="post" action="/local/issuer/authorize">
  <input type="hidden" name="request" value="${escapeHtml(query.toString())}">
  ${problem ? `<p class="problem" role="alert" id="problem">${escapeHtml(problem)}</p>` : ""}
  <label for="email">Mail address</label>
  <input id="email" name="email" type="email" autocomplete="username" required value="${escapeHtml(hint)}"
    ${problem ? 'aria-invalid="true" aria-describedby="problem"' : ""} ${hint ? "" : "autofocus"}>
  <label for="name">Name <span class="quiet">(optional)</span></label>
  <input id="name" name="name" autocomplete="name" maxlength="200">
  <fieldset>
    <legend>As the issuer sees it</legend>
    <label class="choice"><input type="checkbox" name="verified" checked> The address is verified</label>
    <label class="choice"><input type="checkbox" name="mfa"> A second factor was used</label>
    <label class="choice"><input type="checkbox" name="remember"> Keep me signed in in this browser</label>
  </fieldset>
  <p class="actions">
    <button class="primary">Continue</button>
    <button name="cancel" value="1" formnovalidate>Cancel</button>
  </p>
  <h2>Or as a test person</h2>
  <ul class="people">${people.map(personButton).join("")}</ul>
</form>`,
  });
}

function personButton(person: { name: string; email: string }): string {
  return `
    <li><button name="person" value="${escapeHtml(person.email)}" formnovalidate>
      <strong>${escapeHtml(person.name)}</strong> <span class="quiet">${escapeHtml(person.email)}</span>
    </button></li>`;
}

/** What is wrong with a request that cannot be sent back to anybody. */
export function errorPage(reason: string): string {
  return pageShell({
    title: "Sign-in not possible",
    isNarrow: true,
    body: `<h1>Sign-in not possible</h1><p class="problem" role="alert">${escapeHtml(reason)}</p>`,
  });
}

/** The end of a session that leads nowhere else. */
export function signedOutPage(): string {
  return pageShell({
    title: "Signed out",
    isNarrow: true,
    body: '<h1>Signed out</h1><p><a href="/">To the local stack</a></p>',
  });
}
