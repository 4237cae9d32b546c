import type { Reasons } from "../../reasons.ts";

export const reasons: Reasons = {
  "not-found": "Cela n’existe pas, ou vous n’avez pas à le connaître.",
  "member-deactivated":
    "Votre accès à cette organisation est désactivé ; une personne qui la gère peut le réactiver.",
  "guest-restricted": "Les invités externes n’ont que les canaux qui leur ont été donnés.",
  "not-org-manager": "Seul un représentant légal ou un administrateur de l’organisation peut le faire.",
  "not-chat-admin":
    "Seul un administrateur du chat peut le faire ; le rôle dans l’organisation n’y change rien.",
  "not-manager":
    "Seul un représentant légal, un administrateur de l’organisation ou un administrateur du chat peut le voir.",
  "not-mail-manager": "Seules les personnes qui gèrent la messagerie de l’organisation peuvent le faire.",
  "not-channel-member": "Seules les personnes présentes dans le canal peuvent le faire.",
  "not-channel-admin":
    "Seul un administrateur de ce canal peut le faire, ou un administrateur du chat qui peut le voir.",
  "legal-representative-only":
    "Seul un représentant légal donne, retire ou modifie le rôle de représentant légal.",
  "role-above-own": "Personne ne donne un rôle plus élevé que le sien.",
  "rights-above-own": "Personne ne donne un droit qu’il n’a pas lui-même.",
  "last-legal-representative":
    "L’organisation garde toujours un représentant légal actif ; désignez-en d’abord un autre.",
  "rights-by-role":
    "Les représentants légaux et les administrateurs ont tous les droits par leur rôle ; ils ne se règlent que pour les utilisateurs.",
  "already-deactivated": "Cette personne est déjà désactivée.",
  "already-active": "Cette personne est déjà active.",
  "quota-exceeded": "La limite de l’organisation ne laisse pas de place pour cela.",
  "already-member": "Cette personne est déjà membre de l’organisation.",
  "already-guest": "Cette personne est déjà un invité externe de l’organisation.",
  "already-invited": "Une invitation à cette adresse est en attente ; renvoyez-la plutôt.",
  "invitation-not-pending": "Seule une invitation en attente peut être modifiée ou retirée.",
  "resent-too-soon": "Une invitation se renvoie au plus une fois par minute.",
  "mail-limit-exceeded":
    "Ce seraient plus d’e-mails qu’il n’est permis pour le moment ; rien n’a été envoyé. Réessayez plus tard.",
  "channel-required": "Un invité externe reçoit au moins un canal.",
  "channel-not-shareable":
    "Un invité externe ne reçoit que des canaux, jamais une conversation directe ou de groupe.",
  "channel-archived": "Un canal archivé ne peut qu’être lu.",
  "not-in-conversations":
    "Les conversations directes et de groupe restent telles qu’elles ont été ouvertes ; cela n’existe que dans les canaux.",
  "end-in-past":
    "L’accès d’un invité externe prend fin dans l’avenir ; retirez l’invité pour y mettre fin maintenant.",
  "reauthentication-required":
    "Reconnectez-vous : donner accès à une adresse e-mail demande une connexion de moins de 15 minutes.",
  "address-conflict":
    "Une adresse e-mail ne peut pas être partagée tant que l’un de ses utilisateurs a cette même adresse.",
  "address-is-login": "Quelqu’un se connecte avec cette adresse ; elle ne peut donc pas être partagée.",
  stale: "Quelqu’un l’a modifié entre-temps. Fermez, puis ouvrez de nouveau.",
  "idempotency-key-reused": "Cette demande a déjà été faite avec un autre contenu. Rechargez la page.",
  "invalid-request": "Certaines indications ne sont pas valables.",
  "GST-12": "Les invités externes n’invitent personne et n’ajoutent personne à un canal.",
  "GST-13": "Les invités externes n’ont ni rôle ni droit dans l’organisation et ne voient pas son annuaire.",
  "GST-16": "Les invités externes ne voient que les personnes avec qui ils partagent un canal.",
};
