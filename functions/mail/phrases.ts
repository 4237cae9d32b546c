import type { ChatRole, Locale, OrgRole, Right } from "@vestibule/domain/vocabulary";

/**
 * What an invitation mail says in one language. Names come in ready for the place they go to: plain for the text part,
 * escaped and marked up for the HTML part. The phrases' own words are therefore free of `&`, `<` and `>`.
 */
export type Phrases = {
  /** The locale that dates are written in. */
  readonly dates: string;
  /** Stand in for a name of which nothing is left once its links are stripped. */
  readonly anOrganization: string;
  readonly somebody: string;
  readonly subject: (sender: string, organization: string) => string;
  readonly greeting: (firstName: string | undefined) => string;
  readonly invitation: (sender: string, organization: string) => string;
  readonly guestInvitation: (sender: string, organization: string) => string;
  readonly organization: string;
  readonly invitedBy: string;
  readonly orgRole: string;
  readonly chatRole: string;
  readonly guest: string;
  readonly channels: string;
  readonly accessUntil: string;
  readonly rights: string;
  readonly validUntil: string;
  readonly orgRoles: Record<OrgRole, string>;
  readonly chatRoles: Record<ChatRole, string>;
  readonly rightNames: Record<Right, string>;
  readonly writes: (sender: string) => string;
  readonly button: string;
  readonly plainLink: string;
  readonly ignore: string;
};

const en: Phrases = {
  dates: "en-GB",
  anOrganization: "an organization",
  somebody: "Somebody",
  subject: (sender, organization) => `${sender} invites you to ${organization}`,
  greeting: (firstName) => (firstName === undefined ? "Hello," : `Hello ${firstName},`),
  invitation: (sender, organization) => `${sender} invites you to join ${organization} on Vestibule.`,
  guestInvitation: (sender, organization) =>
    `${sender} invites you as a guest of ${organization} on Vestibule.`,
  organization: "Organization",
  invitedBy: "Invited by",
  orgRole: "Your role",
  chatRole: "In chat",
  guest: "Guest",
  channels: "Channels",
  accessUntil: "Access until",
  rights: "You manage",
  validUntil: "Valid until",
  orgRoles: { legal_representative: "Legal representative", administrator: "Administrator", user: "User" },
  chatRoles: { admin: "Chat administrator", user: "User" },
  rightNames: { suite: "the suite", chat: "chat", mail: "mail", accounting: "accounting" },
  writes: (sender) => `${sender} writes:`,
  button: "View the invitation",
  plainLink: "If the button does not work, copy this address into your browser:",
  ignore: "If you did not expect this invitation, ignore this mail: nothing happens unless you accept.",
};

const fr: Phrases = {
  dates: "fr-FR",
  anOrganization: "une organisation",
  somebody: "Quelqu’un",
  subject: (sender, organization) => `${sender} vous invite à rejoindre ${organization}`,
  greeting: (firstName) => (firstName === undefined ? "Bonjour," : `Bonjour ${firstName},`),
  invitation: (sender, organization) => `${sender} vous invite à rejoindre ${organization} sur Vestibule.`,
  guestInvitation: (sender, organization) =>
    `${sender} vous invite sur Vestibule comme invité de ${organization}.`,
  organization: "Organisation",
  invitedBy: "Invitation de",
  orgRole: "Votre rôle",
  chatRole: "Dans le chat",
  guest: "Invité",
  channels: "Canaux",
  accessUntil: "Accès jusqu’au",
  rights: "Vous gérez",
  validUntil: "Valable jusqu’au",
  orgRoles: {
    legal_representative: "Représentant légal",
    administrator: "Administrateur",
    user: "Utilisateur",
  },
  chatRoles: { admin: "Administrateur du chat", user: "Utilisateur" },
  rightNames: { suite: "la suite", chat: "le chat", mail: "la messagerie", accounting: "la comptabilité" },
  writes: (sender) => `Message de ${sender} :`,
  button: "Voir l’invitation",
  plainLink: "Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :",
  ignore:
    "Si vous n’attendiez pas cette invitation, ignorez ce message : rien ne se passe sans votre accord.",
};

const de: Phrases = {
  dates: "de-DE",
  anOrganization: "einer Organisation",
  somebody: "Jemand",
  subject: (sender, organization) => `${sender} lädt Sie zu ${organization} ein`,
  greeting: (firstName) => (firstName === undefined ? "Guten Tag," : `Guten Tag ${firstName},`),
  invitation: (sender, organization) => `${sender} lädt Sie auf Vestibule zu ${organization} ein.`,
  guestInvitation: (sender, organization) =>
    `${sender} lädt Sie auf Vestibule als Gast zu ${organization} ein.`,
  organization: "Organisation",
  invitedBy: "Eingeladen von",
  orgRole: "Ihre Rolle",
  chatRole: "Im Chat",
  guest: "Gast",
  channels: "Kanäle",
  accessUntil: "Zugang bis",
  rights: "Sie verwalten",
  validUntil: "Gültig bis",
  orgRoles: {
    legal_representative: "Gesetzliche Vertretung",
    administrator: "Administration",
    user: "Nutzer",
  },
  chatRoles: { admin: "Chat-Administration", user: "Nutzer" },
  rightNames: { suite: "die Suite", chat: "den Chat", mail: "die E-Mail", accounting: "die Buchhaltung" },
  writes: (sender) => `Nachricht von ${sender}:`,
  button: "Einladung ansehen",
  plainLink: "Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:",
  ignore:
    "Falls Sie diese Einladung nicht erwartet haben, ignorieren Sie diese Nachricht: Ohne Ihre Zusage geschieht nichts.",
};

const it: Phrases = {
  dates: "it-IT",
  anOrganization: "un’organizzazione",
  somebody: "Qualcuno",
  subject: (sender, organization) => `${sender} La invita a unirsi a ${organization}`,
  greeting: (firstName) => (firstName === undefined ? "Buongiorno," : `Buongiorno ${firstName},`),
  invitation: (sender, organization) => `${sender} La invita a unirsi a ${organization} su Vestibule.`,
  guestInvitation: (sender, organization) =>
    `${sender} La invita come ospite di ${organization} su Vestibule.`,
  organization: "Organizzazione",
  invitedBy: "Invito di",
  orgRole: "Il Suo ruolo",
  chatRole: "Nella chat",
  guest: "Ospite",
  channels: "Canali",
  accessUntil: "Accesso fino al",
  rights: "Lei gestisce",
  validUntil: "Valido fino al",
  orgRoles: {
    legal_representative: "Rappresentante legale",
    administrator: "Amministratore",
    user: "Utente",
  },
  chatRoles: { admin: "Amministratore della chat", user: "Utente" },
  rightNames: { suite: "la suite", chat: "la chat", mail: "la posta", accounting: "la contabilità" },
  writes: (sender) => `Messaggio di ${sender}:`,
  button: "Vedere l’invito",
  plainLink: "Se il pulsante non funziona, copi questo indirizzo nel browser:",
  ignore:
    "Se non si aspettava questo invito, ignori questo messaggio: senza il Suo consenso non succede nulla.",
};

const es: Phrases = {
  dates: "es-ES",
  anOrganization: "una organización",
  somebody: "Alguien",
  subject: (sender, organization) => `${sender} le invita a unirse a ${organization}`,
  greeting: (firstName) => (firstName === undefined ? "Hola:" : `Hola, ${firstName}:`),
  invitation: (sender, organization) => `${sender} le invita a unirse a ${organization} en Vestibule.`,
  guestInvitation: (sender, organization) =>
    `${sender} le invita como invitado de ${organization} en Vestibule.`,
  organization: "Organización",
  invitedBy: "Invitación de",
  orgRole: "Su función",
  chatRole: "En el chat",
  guest: "Invitado",
  channels: "Canales",
  accessUntil: "Acceso hasta el",
  rights: "Usted gestiona",
  validUntil: "Válida hasta el",
  orgRoles: { legal_representative: "Representante legal", administrator: "Administrador", user: "Usuario" },
  chatRoles: { admin: "Administrador del chat", user: "Usuario" },
  rightNames: { suite: "la suite", chat: "el chat", mail: "el correo", accounting: "la contabilidad" },
  writes: (sender) => `Mensaje de ${sender}:`,
  button: "Ver la invitación",
  plainLink: "Si el botón no funciona, copie esta dirección en su navegador:",
  ignore: "Si no esperaba esta invitación, ignore este mensaje: no ocurre nada sin su aceptación.",
};

/** The invitation mail's words in every language of INV-16. */
export const PHRASES: Record<Locale, Phrases> = { en, fr, de, it, es };
