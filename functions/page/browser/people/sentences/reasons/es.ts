import type { Reasons } from "../../reasons.ts";

export const reasons: Reasons = {
  "not-found": "No existe, o no le corresponde saber de ello.",
  "member-deactivated":
    "Su acceso a esta organización está desactivado; quien la gestiona puede reactivarlo.",
  "guest-restricted": "Los invitados externos solo tienen los canales que se les dieron.",
  "not-org-manager": "Solo puede hacerlo un representante legal o un administrador de la organización.",
  "not-chat-admin": "Solo puede hacerlo un administrador del chat; la función en la organización no importa.",
  "not-manager":
    "Solo puede verlo un representante legal, un administrador de la organización o un administrador del chat.",
  "not-mail-manager": "Solo puede hacerlo quien gestiona el correo de la organización.",
  "not-channel-member": "Solo puede hacerlo quien está en el canal.",
  "not-channel-admin":
    "Solo puede hacerlo un administrador de este canal, o un administrador del chat que pueda verlo.",
  "legal-representative-only":
    "Solo un representante legal da, quita o cambia la función de representante legal.",
  "role-above-own": "Nadie da una función más alta que la suya.",
  "rights-above-own": "Nadie da un derecho que no tiene.",
  "last-legal-representative":
    "La organización conserva siempre un representante legal activo; nombre antes a otro.",
  "rights-by-role":
    "Los representantes legales y los administradores tienen todos los derechos por su función; solo se fijan para los usuarios.",
  "already-deactivated": "Esta persona ya está desactivada.",
  "already-active": "Esta persona ya está activa.",
  "quota-exceeded": "El límite de la organización no deja sitio para esto.",
  "already-member": "Esta persona ya es miembro de la organización.",
  "already-guest": "Esta persona ya es un invitado externo de la organización.",
  "already-invited": "Hay una invitación en espera para esta dirección; envíela de nuevo.",
  "invitation-not-pending": "Solo se puede cambiar o retirar una invitación en espera.",
  "resent-too-soon": "Una invitación se envía de nuevo una vez por minuto como máximo.",
  "mail-limit-exceeded":
    "Serían más correos de los que se pueden enviar por ahora; no se envió nada. Inténtelo más tarde.",
  "channel-required": "Un invitado externo recibe al menos un canal.",
  "channel-not-shareable":
    "Un invitado externo solo recibe canales, nunca una conversación directa o de grupo.",
  "channel-archived": "Un canal archivado solo se puede leer.",
  "not-in-conversations":
    "Las conversaciones directas y de grupo quedan como se abrieron; esto solo existe en los canales.",
  "end-in-past":
    "El acceso de un invitado externo termina en el futuro; quite al invitado para terminarlo ahora.",
  "reauthentication-required":
    "Inicie sesión de nuevo: dar acceso a una dirección de correo exige una sesión iniciada en los últimos 15 minutos.",
  "address-conflict":
    "Una dirección de correo no se puede compartir mientras uno de sus usuarios tenga esa misma dirección.",
  "address-is-login": "Alguien inicia sesión con esta dirección; por eso no se puede compartir.",
  stale: "Alguien lo ha cambiado entretanto. Cierre y ábralo de nuevo.",
  "idempotency-key-reused": "Esta petición ya se hizo con otro contenido. Recargue la página.",
  "invalid-request": "Algunos datos no son válidos.",
  "GST-12": "Los invitados externos no invitan a nadie ni añaden a nadie a un canal.",
  "GST-13": "Los invitados externos no tienen función ni derecho en la organización y no ven su directorio.",
  "GST-16": "Los invitados externos solo ven a las personas con las que comparten un canal.",
};
