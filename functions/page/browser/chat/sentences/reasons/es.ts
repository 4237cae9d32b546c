import type { ChatReasons } from "../../reasons.ts";

export const reasons: ChatReasons = {
  "message-empty": "Un mensaje necesita algo de texto.",
  "message-too-long": "Un mensaje tiene como mucho 16 000 caracteres.",
  "message-not-text": "El mensaje contiene medio carácter, que no se puede guardar.",
  "message-deleted": "El mensaje se ha eliminado.",
  "too-many-edits": "Un mensaje se puede editar como mucho 50 veces.",
  "not-own-message": "Un mensaje solo lo edita quien lo escribió.",
  "emoji-invalid": "Una reacción es un emoji, o un nombre como :wave:.",
  "too-many-reactions": "Un mensaje lleva como mucho 50 reacciones distintas.",
  "mail-card-not-direct":
    "A un correo se responde en una conversación directa con su remitente, y en ningún otro lugar.",
  "unknown-command": "Ese comando no existe; /help los muestra todos.",
  "command-arguments": "El comando necesita otros datos.",
  "call-running": "En este canal ya hay una llamada.",
  "call-over": "La llamada ha terminado.",
  "not-call-manager": "Una llamada la termina para todos quien la inició, o quien gestiona el canal.",
  "bot-one-to-one": "Los bots hablan con una sola persona a la vez.",
  "status-invalid":
    "Un estado tiene un emoji o un texto de como mucho 100 caracteres y, si termina, termina en el futuro; aparte de eso, solo «No molestar» termina.",
  "general-channel": "En General están todos los miembros mientras lo sean, y el canal queda como está.",
  "already-in-channel": "Esta persona ya está en el canal.",
  "through-group":
    "Esta persona está en el canal por un grupo; quítela del grupo, o quite el grupo del canal.",
  "too-many-people": "Una conversación de grupo tiene como mucho ocho personas; en un canal caben más.",
  "shares-no-channel": "Un invitado habla solo con personas con las que comparte un canal.",
  "GST-2":
    "Los invitados usan los comandos, salvo los que invitan, quitan, cambian el nombre o el encabezado.",
  "GST-9": "Los invitados conocen solo los canales que se les han dado.",
  "GST-10":
    "Los invitados no entran por sí mismos ni en canales ni en grupos; los añade un administrador del chat.",
  "GST-11": "Los invitados abren conversaciones solo con personas con las que comparten un canal.",
  "GST-14": "Los invitados no crean, renombran, describen, archivan ni administran canales.",
  "GST-15": "Los invitados no eliminan mensajes; pueden editar los suyos.",
};
