const ASCII = /^[\x20-\x7e]*$/u;

/** An encoded word is 75 characters at most (RFC 2047): 45 bytes of UTF-8. */
const WORD_BYTES = 45;

function encodedWords(text: string): string {
  const words: string[] = [];
  let chunk = "";
  for (const character of text) {
    if (Buffer.byteLength(chunk + character) > WORD_BYTES) {
      words.push(chunk);
      chunk = "";
    }
    chunk += character;
  }
  words.push(chunk);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`).join(" ");
}

/** The longest display name, in code points: mail programs show less, and SES takes an address of 320 characters. */
const DISPLAY_LENGTH = 40;

/** The address of the configured sender, which may have a display name of its own. */
export function bareAddress(mailFrom: string): string {
  return /<([^<>]+)>\s*$/u.exec(mailFrom)?.[1] ?? mailFrom.trim();
}

/**
 * `"Acme via Vestibule" <no-reply@…>`: who writes, and through what.
 * @param mailFrom the configured sender, with or without a display name of its own
 * @param name the organization's name, already one line
 */
export function senderAddress(mailFrom: string, name: string): string {
  const display = `${[...name].slice(0, DISPLAY_LENGTH).join("").trim()} via Vestibule`.trim();
  const phrase = ASCII.test(display) ? `"${display.replace(/["\\]/gu, "\\$&")}"` : encodedWords(display);
  return `${phrase} <${bareAddress(mailFrom)}>`;
}
