import type { ChatReasons } from "../../reasons.ts";

export const reasons: ChatReasons = {
  "message-empty": "Eine Nachricht braucht etwas Text.",
  "message-too-long": "Eine Nachricht hat höchstens 16 000 Zeichen.",
  "message-not-text": "Die Nachricht enthält ein halbes Zeichen, das nicht gespeichert werden kann.",
  "message-deleted": "Die Nachricht wurde gelöscht.",
  "too-many-edits": "Eine Nachricht kann höchstens 50-mal bearbeitet werden.",
  "not-own-message": "Eine Nachricht bearbeitet nur, wer sie geschrieben hat.",
  "emoji-invalid": "Eine Reaktion ist ein Emoji oder ein Name wie :wave:.",
  "too-many-reactions": "Eine Nachricht trägt höchstens 50 verschiedene Reaktionen.",
  "mail-card-not-direct":
    "Auf eine E-Mail wird im Direktgespräch mit ihrem Absender geantwortet und nirgends sonst.",
  "unknown-command": "Diesen Befehl gibt es nicht; /help zeigt alle.",
  "command-arguments": "Der Befehl braucht andere Angaben.",
  "call-running": "In diesem Kanal läuft schon ein Anruf.",
  "call-over": "Der Anruf ist vorbei.",
  "not-call-manager": "Für alle beendet einen Anruf, wer ihn begonnen hat oder den Kanal verwaltet.",
  "bot-one-to-one": "Bots sprechen nur mit einer Person aufs Mal.",
  "status-invalid":
    "Ein Status hat ein Emoji oder einen Text von höchstens 100 Zeichen und endet, wenn überhaupt, in der Zukunft; sonst endet nur „Nicht stören“.",
  "general-channel":
    "In General sind alle Mitglieder, solange sie Mitglied sind; der Kanal bleibt, wie er ist.",
  "already-in-channel": "Diese Person ist schon im Kanal.",
  "through-group":
    "Diese Person ist durch eine Gruppe im Kanal; entfernen Sie sie aus der Gruppe oder die Gruppe aus dem Kanal.",
  "too-many-people": "Ein Gruppengespräch hat höchstens acht Personen; ein Kanal fasst mehr.",
  "shares-no-channel": "Ein Gast spricht nur mit Personen, mit denen er einen Kanal teilt.",
  "GST-2":
    "Gäste verwenden Befehle, außer denen, die einladen, entfernen, umbenennen oder die Kopfzeile ändern.",
  "GST-9": "Gäste kennen nur die Kanäle, die ihnen gegeben wurden.",
  "GST-10": "Gäste treten weder Kanälen noch Gruppen von selbst bei; ein Chat-Admin fügt sie hinzu.",
  "GST-11": "Gäste eröffnen Gespräche nur mit Personen, mit denen sie einen Kanal teilen.",
  "GST-14": "Gäste erstellen, benennen, beschreiben, archivieren und verwalten keine Kanäle.",
  "GST-15": "Gäste löschen keine Nachrichten; ihre eigenen können sie bearbeiten.",
};
