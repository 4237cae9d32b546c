/** A link's secret: `<organization>.<invitation>.<256 random bits>`. */
const SECRET = /[0-9a-z]{26}\.[0-9a-z]{26}\.[\w-]{43}/gu;

/** Every secret that a text holds, each once. */
export function secretsIn(text: string): string[] {
  return [...new Set(text.match(SECRET) ?? [])];
}

/** What three bytes, and so four letters, of base64 make of a text wherever in a longer one it begins. */
function inBase64(text: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.from("-".repeat(before) + text).toString("base64");
    const own = whole.slice(before === 0 ? 0 : 4, whole.length - 4);
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** The random part of a secret in every form in which something may have written it down. */
export function formsOf(secret: string): string[] {
  const random = secret.split(".")[2] ?? "";
  const bits = Buffer.from(random, "base64url");
  const letters = Buffer.from(random).toString("hex");
  const percent = letters.replaceAll(/../gu, (pair) => `%${pair}`);
  const forms = [random, bits.toString("base64").replace(/=+$/u, ""), bits.toString("hex"), letters, percent];
  return [...new Set([...forms, ...forms.map((form) => form.toUpperCase()), ...inBase64(random)])].filter(
    (form, index) => index < 5 || form.length >= 40,
  );
}

/** The names of the texts in which a secret is found, in whatever form. */
export function placesOf(secret: string, texts: ReadonlyMap<string, string>): string[] {
  const forms = formsOf(secret);
  return [...texts].flatMap(([place, text]) => (forms.some((form) => text.includes(form)) ? [place] : []));
}
