import type { Topic } from "./assistant-topics.ts";
import { searchKey } from "./directory.ts";

/**
 * How words begin that ask for permission, for a list, or for help, in all languages of the product, without accents;
 * with a `$`, the whole word.
 */
const MAY =
  "may$ can$ could$ allowed puis$ peux$ pouvons autoris darf$ durfen kann$ konnen posso$ possiamo permess puedo podemos permit";
const WHAT = "what$ que$ quoi$ quelles was$ cosa$ che$ cose$";
const HELP = "help hilfe aide aiuto ayuda hello hallo bonjour salut ciao hola";

const CHANNEL = "channel canal canaux kanal kanale salon";
const MESSAGE = "messag nachricht mensaj";
const CREATE = "creat creer cree crear creo crea erstell anleg";

/** Each topic's words: one beginning of every list must be there. The first topic that fits is taken. */
const WORDS: readonly (readonly [Topic, readonly string[]])[] = [
  [
    "share-address",
    ["shar teil partag condivid compart zugriff", "mail address adress indirizz direccion correo"],
  ],
  ["create-group", [CREATE, "group grupp grupo"]],
  ["create-channel", [CREATE, CHANNEL]],
  ["join-channel", ["join rejoin beitret unirm unirs entrar entrare iscriver", CHANNEL]],
  ["rename-channel", ["renam renomm umbenen umzubenen rinomin renombr"]],
  ["archive-channel", ["archiv"]],
  ["delete-message", ["delet remov supprim effac losch elimin cancell borr", MESSAGE]],
  ["edit-message", ["edit modif bearbeit ander correg corrig", MESSAGE]],
  ["add-people", ["add$ adding ajout hinzufug aggiung anad agreg"]],
  ["invite", ["invit einlad einzulad"]],
  ["pin", ["pin$ pinning epingl anpin anheft fissa fijar"]],
  ["react", ["react reag reazion reaccion emoji"]],
  ["call", ["call appel anruf chiam llam"]],
  ["search-directory", ["director annuaire verzeichnis rubrica elenco"]],
  ["change-roles", ["role rol$ rolle ruol"]],
  ["read-audit", ["audit"]],
  ["set-status", ["status statut stato estado"]],
  ["converse", ["conversation conversaz conversac unterhaltung gesprach direct direkt dirett"]],
  ["reply", ["repl repond antwort rispond respond"]],
  ["post", ["post writ ecri schreib scriv escrib publi send envoy envi invia"]],
];

/** What somebody wants of the assistant, by the words they use. */
export type Wish =
  | { readonly kind: "help" }
  | { readonly kind: "everything" }
  | { readonly kind: "topic"; readonly topic: Topic }
  | { readonly kind: "unknown" };

/** BOT-3: what a question is about. A word without a question, or a permission asked for, is no topic. */
export function wishOf(question: string): Wish {
  const words = searchKey(question).split(/[^a-z0-9]+/u);
  const begins = (list: string): boolean =>
    list
      .split(" ")
      .some((wanted) =>
        words.some((word) => (wanted.endsWith("$") ? `${word}$` === wanted : word.startsWith(wanted))),
      );
  const isAsked = begins(MAY) || question.trim().endsWith("?");
  const found = isAsked ? WORDS.find(([, lists]) => lists.every(begins)) : undefined;
  if (found !== undefined) return { kind: "topic", topic: found[0] };
  if (begins(MAY) && begins(WHAT)) return { kind: "everything" };
  return begins(HELP) || question.trim() === "?" ? { kind: "help" } : { kind: "unknown" };
}

/** What may stand before a calculation. */
const BEFORE =
  /^(?:what is|what's|how much is|calculate|calc|compute|combien font|combien fait|calcule|was ist|wie viel ist|wieviel ist|berechne|rechne|quanto fa|quanto fanno|calcola|cuanto es|cuanto son|calcula|=)\s*/u;

/** The calculation in a question, if it is nothing but one; `undefined` if it is none. */
export function calculationIn(question: string): string | undefined {
  const text = searchKey(question)
    .replace(BEFORE, "")
    // Looked for once, where a run of them begins.
    .replace(/(?<![\s=?])[\s=?]+$/u, "");
  // searchKey does not touch digits and signs; what has a letter in it is no calculation.
  return /^[\d+\-−–*×·/÷:%^().,\s]+$/u.test(text) && /\d/u.test(text) && /[^\d.,\s]/u.test(text)
    ? text
    : undefined;
}
