import type { Reasons } from "../../reasons.ts";

export const reasons: Reasons = {
  "not-found": "Non esiste, oppure non le è dato saperne.",
  "member-deactivated":
    "Il suo accesso a questa organizzazione è disattivato; chi la gestisce può riattivarlo.",
  "guest-restricted": "Gli ospiti hanno solo i canali che sono stati dati loro.",
  "not-org-manager": "Può farlo solo un rappresentante legale o un amministratore dell’organizzazione.",
  "not-chat-admin": "Può farlo solo un amministratore della chat; il ruolo nell’organizzazione non conta.",
  "not-manager":
    "Può vederlo solo un rappresentante legale, un amministratore dell’organizzazione o un amministratore della chat.",
  "not-mail-manager": "Può farlo solo chi gestisce la posta dell’organizzazione.",
  "not-channel-member": "Può farlo solo chi è nel canale.",
  "not-channel-admin":
    "Può farlo solo un amministratore di questo canale, o un amministratore della chat che può vederlo.",
  "legal-representative-only":
    "Solo un rappresentante legale dà, toglie o modifica il ruolo di rappresentante legale.",
  "role-above-own": "Nessuno dà un ruolo più alto del proprio.",
  "rights-above-own": "Nessuno dà un diritto che non ha.",
  "last-legal-representative":
    "L’organizzazione conserva sempre un rappresentante legale attivo; ne nomini prima un altro.",
  "rights-by-role":
    "I rappresentanti legali e gli amministratori hanno ogni diritto per ruolo; i diritti si impostano solo per gli utenti.",
  "already-deactivated": "Questa persona è già disattivata.",
  "already-active": "Questa persona è già attiva.",
  "quota-exceeded": "Il limite dell’organizzazione non lascia posto per questo.",
  "already-member": "Questa persona è già membro dell’organizzazione.",
  "already-guest": "Questa persona è già ospite dell’organizzazione.",
  "already-invited": "Un invito a questo indirizzo è in attesa; lo invii di nuovo.",
  "invitation-not-pending": "Solo un invito in attesa può essere modificato o ritirato.",
  "resent-too-soon": "Un invito si invia di nuovo al massimo una volta al minuto.",
  "mail-limit-exceeded":
    "Sarebbero più e-mail di quante se ne possano inviare per ora; non è stato inviato nulla. Riprovi più tardi.",
  "channel-required": "Un ospite riceve almeno un canale.",
  "channel-not-shareable": "Un ospite riceve solo canali, mai una conversazione diretta o di gruppo.",
  "channel-archived": "Un canale archiviato si può solo leggere.",
  "not-in-conversations":
    "Le conversazioni dirette e di gruppo restano come sono state aperte; questo esiste solo nei canali.",
  "end-in-past": "L’accesso di un ospite finisce nel futuro; rimuova l’ospite per farlo finire adesso.",
  "reauthentication-required":
    "Acceda di nuovo: per dare accesso a un indirizzo e-mail serve un accesso degli ultimi 15 minuti.",
  "address-conflict":
    "Un indirizzo e-mail non può essere condiviso finché uno dei suoi utenti ha quello stesso indirizzo.",
  "address-is-login": "Qualcuno accede con questo indirizzo, che perciò non può essere condiviso.",
  stale: "Nel frattempo qualcuno l’ha modificato. Chiuda e apra di nuovo.",
  "idempotency-key-reused": "Questa richiesta è già stata fatta con un altro contenuto. Ricarichi la pagina.",
  "invalid-request": "Alcune indicazioni non sono valide.",
  "GST-12": "Gli ospiti non invitano nessuno e non aggiungono nessuno a un canale.",
  "GST-13": "Gli ospiti non hanno ruoli né diritti nell’organizzazione e non ne vedono la rubrica.",
  "GST-16": "Gli ospiti vedono solo le persone con cui condividono un canale.",
};
