import type { CalculationFault } from "./arithmetic.ts";
import { de } from "./assistant-phrases-de.ts";
import { en } from "./assistant-phrases-en.ts";
import { es } from "./assistant-phrases-es.ts";
import { fr } from "./assistant-phrases-fr.ts";
import { it } from "./assistant-phrases-it.ts";
import type { Topic } from "./assistant-topics.ts";
import type { DenialCode } from "./codes.ts";
import type { Locale } from "./vocabulary.ts";

/** What the assistant says, in one language. `topics` are acts in the infinitive. */
export type AssistantPhrases = {
  readonly welcome: (firstName: string, organization: string) => string;
  readonly welcomeGuest: (firstName: string, organization: string) => string;
  readonly youMay: string;
  readonly askMe: string;
  readonly iCan: string;
  readonly yes: (act: string) => string;
  readonly asAdmin: (act: string) => string;
  readonly no: (act: string, why: string, rule: string) => string;
  readonly notUnderstood: string;
  readonly brainAway: string;
  readonly faults: Readonly<Record<CalculationFault, string>>;
  readonly topics: Readonly<Record<Topic, string>>;
  /** Why somebody may not; left out, the sentence of the code. */
  readonly reasons: { readonly [code in DenialCode]?: string };
};

/** BOT-4, INV-16: in each language of the product. */
export const ASSISTANT_PHRASES: Record<Locale, AssistantPhrases> = { en, fr, de, it, es };
