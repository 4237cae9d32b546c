const NAMED = /^:[a-z0-9_+-]{1,32}:$/u;
const ONE = /^\p{RGI_Emoji}$/v;

/** MSG-9, PRS-2: one emoji of Unicode, or a name like `:wave:`, which clients draw. */
export function isEmoji(text: string): boolean {
  return NAMED.test(text) || ONE.test(text);
}
