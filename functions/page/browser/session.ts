/**
 * What outlives a reload and the way to the sign-in page and back. It ends with the tab and is read by this origin
 * alone; the secret is never in a path, a query or a cookie (INV-4).
 */
const NAMES = {
  secret: "vestibule.invitation",
  attempt: "vestibule.sign-in",
  idToken: "vestibule.id-token",
  outcome: "vestibule.outcome",
  brand: "vestibule.brand",
  locale: "vestibule.locale",
  organization: "vestibule.organization",
  chat: "vestibule.chat",
} as const;

type Name = keyof typeof NAMES;

export function remembered(name: Name): string | undefined {
  return sessionStorage.getItem(NAMES[name]) ?? undefined;
}

export function remember(name: Name, value: string): void {
  sessionStorage.setItem(NAMES[name], value);
}

export function forget(...names: Name[]): void {
  for (const name of names) sessionStorage.removeItem(NAMES[name]);
}
