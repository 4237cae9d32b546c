import type { ChatReasons } from "../../reasons.ts";

export const reasons: ChatReasons = {
  "message-empty": "Un message a besoin d’un peu de texte.",
  "message-too-long": "Un message a au plus 16 000 caractères.",
  "message-not-text": "Le message contient un demi-caractère, qui ne peut pas être enregistré.",
  "message-deleted": "Le message a été supprimé.",
  "too-many-edits": "Un message peut être modifié 50 fois au plus.",
  "not-own-message": "Seul son auteur modifie un message.",
  "emoji-invalid": "Une réaction est un emoji, ou un nom comme :wave:.",
  "too-many-reactions": "Un message porte au plus 50 réactions différentes.",
  "mail-card-not-direct":
    "On répond à un e-mail dans une conversation directe avec son expéditeur, et nulle part ailleurs.",
  "unknown-command": "Cette commande n’existe pas ; /help les montre toutes.",
  "command-arguments": "La commande a besoin d’autres indications.",
  "call-running": "Un appel est déjà en cours dans ce canal.",
  "call-over": "L’appel est terminé.",
  "not-call-manager": "Un appel est terminé pour tous par qui l’a commencé, ou par qui gère le canal.",
  "bot-one-to-one": "Les bots ne parlent qu’avec une personne à la fois.",
  "status-invalid":
    "Un statut a un emoji ou un texte de 100 caractères au plus, et sa fin, s’il en a une, est à venir ; sinon, seul « Ne pas déranger » en a une.",
  "general-channel":
    "Tous les membres sont dans General tant qu’ils sont membres, et ce canal reste tel quel.",
  "already-in-channel": "Cette personne est déjà dans le canal.",
  "through-group":
    "Cette personne est dans le canal par un groupe ; retirez-la du groupe, ou le groupe du canal.",
  "too-many-people": "Une conversation de groupe a huit personnes au plus ; un canal en accueille davantage.",
  "shares-no-channel": "Un invité externe ne parle qu’avec des personnes avec qui il partage un canal.",
  "GST-2":
    "Les invités externes utilisent les commandes, sauf celles qui invitent, retirent, renomment ou changent l’en-tête.",
  "GST-9": "Les invités externes ne connaissent que les canaux qui leur ont été donnés.",
  "GST-10":
    "Les invités externes ne rejoignent d’eux-mêmes ni canal ni groupe ; un administrateur du chat les ajoute.",
  "GST-11":
    "Les invités externes n’ouvrent des conversations qu’avec des personnes avec qui ils partagent un canal.",
  "GST-14":
    "Les invités externes ne créent, ne renomment, ne décrivent, n’archivent et n’administrent pas de canaux.",
  "GST-15": "Les invités externes ne suppriment pas de messages ; ils peuvent modifier les leurs.",
};
