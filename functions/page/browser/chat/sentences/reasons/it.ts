import type { ChatReasons } from "../../reasons.ts";

export const reasons: ChatReasons = {
  "message-empty": "Un messaggio ha bisogno di un po’ di testo.",
  "message-too-long": "Un messaggio ha al massimo 16 000 caratteri.",
  "message-not-text": "Il messaggio contiene mezzo carattere, che non può essere salvato.",
  "message-deleted": "Il messaggio è stato eliminato.",
  "too-many-edits": "Un messaggio può essere modificato al massimo 50 volte.",
  "not-own-message": "Un messaggio lo modifica solo chi l’ha scritto.",
  "emoji-invalid": "Una reazione è un’emoji, o un nome come :wave:.",
  "too-many-reactions": "Un messaggio porta al massimo 50 reazioni diverse.",
  "mail-card-not-direct":
    "A un’e-mail si risponde nella conversazione diretta con il mittente, e da nessun’altra parte.",
  "unknown-command": "Questo comando non esiste; /help li mostra tutti.",
  "command-arguments": "Il comando ha bisogno di altre indicazioni.",
  "call-running": "In questo canale c’è già una chiamata.",
  "call-over": "La chiamata è terminata.",
  "not-call-manager": "Una chiamata la termina per tutti chi l’ha iniziata, o chi gestisce il canale.",
  "bot-one-to-one": "I bot parlano con una sola persona alla volta.",
  "status-invalid":
    "Uno stato ha un’emoji o un testo di al massimo 100 caratteri e, se finisce, finisce nel futuro; altrimenti finisce solo «Non disturbare».",
  "general-channel": "In General ci sono tutti i membri finché sono membri, e il canale resta com’è.",
  "already-in-channel": "Questa persona è già nel canale.",
  "through-group":
    "Questa persona è nel canale tramite un gruppo; la tolga dal gruppo, o tolga il gruppo dal canale.",
  "too-many-people": "Una conversazione di gruppo ha al massimo otto persone; un canale ne accoglie di più.",
  "shares-no-channel": "Un ospite parla solo con persone con cui condivide un canale.",
  "GST-2":
    "Gli ospiti usano i comandi, tranne quelli che invitano, tolgono, rinominano o cambiano l’intestazione.",
  "GST-9": "Gli ospiti conoscono solo i canali che sono stati loro dati.",
  "GST-10":
    "Gli ospiti non entrano da soli né in canali né in gruppi; li aggiunge un amministratore della chat.",
  "GST-11": "Gli ospiti aprono conversazioni solo con persone con cui condividono un canale.",
  "GST-14": "Gli ospiti non creano, rinominano, descrivono, archiviano né amministrano canali.",
  "GST-15": "Gli ospiti non eliminano messaggi; possono modificare i propri.",
};
