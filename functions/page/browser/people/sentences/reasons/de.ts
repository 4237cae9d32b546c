import type { Reasons } from "../../reasons.ts";

export const reasons: Reasons = {
  "not-found": "Das gibt es nicht, oder Sie dürfen nichts davon wissen.",
  "member-deactivated":
    "Ihr Zugang zu dieser Organisation ist deaktiviert; wer sie verwaltet, kann ihn reaktivieren.",
  "guest-restricted": "Gäste haben nur die Kanäle, die ihnen gegeben wurden.",
  "not-org-manager": "Das darf nur die gesetzliche Vertretung oder die Administration der Organisation.",
  "not-chat-admin": "Das darf nur, wer Chat-Admin ist; auf die Rolle in der Organisation kommt es nicht an.",
  "not-manager":
    "Das sehen nur die gesetzliche Vertretung, die Administration der Organisation und Chat-Admins.",
  "not-mail-manager": "Das darf nur, wer das Mail der Organisation verwaltet.",
  "not-channel-member": "Das darf nur, wer im Kanal ist.",
  "not-channel-admin": "Das darf nur, wer diesen Kanal verwaltet, oder ein Chat-Admin, der ihn sehen darf.",
  "legal-representative-only":
    "Nur die gesetzliche Vertretung gibt oder nimmt die Rolle der gesetzlichen Vertretung oder ändert etwas an ihr.",
  "role-above-own": "Niemand vergibt eine höhere Rolle als die eigene.",
  "rights-above-own": "Niemand vergibt ein Recht, das er oder sie selbst nicht hat.",
  "last-legal-representative":
    "Die Organisation behält immer eine aktive gesetzliche Vertretung; bestimmen Sie zuerst eine andere.",
  "rights-by-role":
    "Die gesetzliche Vertretung und die Administration haben durch ihre Rolle alle Rechte; einzeln gesetzt werden sie nur für Nutzerinnen und Nutzer.",
  "already-deactivated": "Diese Person ist schon deaktiviert.",
  "already-active": "Diese Person ist schon aktiv.",
  "quota-exceeded": "Die Grenze der Organisation lässt dafür keinen Platz.",
  "already-member": "Diese Person ist schon Mitglied der Organisation.",
  "already-guest": "Diese Person ist schon Gast der Organisation.",
  "already-invited": "Eine Einladung an diese Adresse ist offen; senden Sie sie nochmals.",
  "invitation-not-pending": "Nur eine offene Einladung kann geändert oder zurückgezogen werden.",
  "resent-too-soon": "Eine Einladung wird höchstens einmal pro Minute nochmals gesendet.",
  "mail-limit-exceeded":
    "Das wären mehr Mails, als zurzeit gesendet werden dürfen; es wurde nichts gesendet. Versuchen Sie es später nochmals.",
  "channel-required": "Ein Gast bekommt mindestens einen Kanal.",
  "channel-not-shareable": "Gäste bekommen nur Kanäle, nie ein Direkt- oder Gruppengespräch.",
  "channel-archived": "Ein archivierter Kanal kann nur gelesen werden.",
  "not-in-conversations":
    "Direkt- und Gruppengespräche bleiben, wie sie eröffnet wurden; das gibt es nur in Kanälen.",
  "end-in-past":
    "Der Zugang eines Gastes endet in der Zukunft; entfernen Sie den Gast, um ihn jetzt zu beenden.",
  "reauthentication-required":
    "Melden Sie sich neu an: Zugang zu einer Mailadresse gibt nur, wer sich in den letzten 15 Minuten angemeldet hat.",
  "address-conflict":
    "Eine Mailadresse kann nicht geteilt werden, solange jemand von ihren Nutzern selbst diese Adresse hat.",
  "address-is-login": "Mit dieser Adresse meldet sich jemand an; sie kann deshalb nicht geteilt werden.",
  stale: "Jemand hat es inzwischen geändert. Schließen Sie und öffnen Sie es nochmals.",
  "idempotency-key-reused": "Diese Anfrage wurde schon mit anderem Inhalt gestellt. Laden Sie die Seite neu.",
  "invalid-request": "Einige Angaben sind nicht gültig.",
  "GST-12": "Gäste laden niemanden ein und fügen niemanden zu einem Kanal hinzu.",
  "GST-13": "Gäste haben in der Organisation keine Rolle und kein Recht und sehen ihr Verzeichnis nicht.",
  "GST-16": "Gäste sehen nur die Personen, mit denen sie einen Kanal teilen.",
};
