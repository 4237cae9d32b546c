import type { Sentences } from "../sentences.ts";

export const de: Sentences = {
  opening: "Ihre Einladung wird geöffnet…",
  leadingToSignIn: "Sie werden zur Anmeldung weitergeleitet…",
  signingIn: "Sie werden angemeldet…",
  sending: "Einen Moment…",
  waiting: "Der Dienst ist ausgelastet. Neuer Versuch …",
  language: "Sprache",

  invitedTo: {
    member: ({ organization }) => `Einladung zu ${organization}`,
    guest: ({ organization }) => `Einladung als Gast von ${organization}`,
    share: ({ organization }) => `Eine Mailadresse von ${organization} für Sie`,
  },
  invitedBy: {
    member: ({ sender, organization }) =>
      `${sender} lädt Sie zu ${organization} auf Vestibule ein, wo das Team miteinander spricht und arbeitet.`,
    guest: ({ sender, organization }) =>
      `${sender} lädt Sie ein, sich auf Vestibule mit dem Team von ${organization} auszutauschen, als Gast in dessen Kanälen.`,
    share: ({ sender, organization }) =>
      `${sender} teilt eine Mailadresse von ${organization} mit Ihnen. Sie nutzen sie mit Ihrer eigenen Anmeldung; kein Passwort wird weitergegeben.`,
  },
  sender: "Eingeladen von",
  forAddress: "Für",
  sharedAddress: "Mailadresse",
  rights: "Sie dürfen",
  role: "Ihre Rolle",
  channels: "Kanäle",
  accessUntil: "Zugang bis",
  validUntil: "Gültig bis",
  andMore: (count) => `und ${count} weitere`,

  signInToAnswer: "Anmelden und antworten",
  signInAs: (email) => `Melden Sie sich als ${email} an: Die Einladung gilt für diese Adresse.`,
  signInAny: "Sie können sich mit jedem Ihrer Konten anmelden.",
  secondFactorAhead: "Sie brauchen einen zweiten Faktor, etwa einen Code aus einer Authenticator-App.",
  signedInAs: (email) => `Sie sind als ${email} angemeldet.`,
  anotherAccount: "Anderes Konto verwenden",
  accept: "Annehmen",
  decline: "Ablehnen",
  back: "Zurück",
  toInvitation: "Zurück zur Einladung",
  again: "Erneut versuchen",
  signInAgain: "Erneut anmelden",
  signInWithSecondFactor: "Mit zweitem Faktor anmelden",

  attachTitle: "Wohin soll die Adresse?",
  attachPersonal: "Mein persönlicher Bereich",

  declineTitle: "Diese Einladung ablehnen?",
  declineText: ({ sender }) => `Das lässt sich nicht rückgängig machen: ${sender} müsste Sie neu einladen.`,
  declineFor: "Endgültig ablehnen",
  declinedTitle: "Sie haben die Einladung abgelehnt",
  declinedText: "Sie müssen nichts weiter tun und können diese Seite schließen.",

  registrationTitle: "Noch ein paar Angaben",
  registrationText: ({ organization }) => `So werden Sie bei ${organization} gesehen.`,
  firstName: "Vorname",
  lastName: "Nachname",
  phone: "Telefonnummer",
  phoneHint: "Mit Landesvorwahl, zum Beispiel +49 30 23125 000.",
  terms: (version) => `Ich akzeptiere die Nutzungsbedingungen (Version ${version}).`,
  join: "Beitreten",
  checkDetails: "Einige Angaben wurden nicht angenommen. Bitte prüfen Sie sie.",

  inTitle: {
    member: ({ organization }) => `Willkommen bei ${organization}`,
    guest: ({ organization }) => `Willkommen bei ${organization}`,
    share: () => "Sie können die Adresse jetzt nutzen",
  },
  inText: {
    member: ({ organization }) => `Sie sind jetzt Mitglied von ${organization}.`,
    guest: ({ organization }) => `Sie sind jetzt Gast von ${organization}.`,
    share: ({ organization }) => `Sie haben jetzt Zugang zu einer Mailadresse von ${organization}.`,
  },
  inNext: "Sie können diese Seite schließen und Vestibule öffnen.",
  openChat: "Vestibule öffnen",

  noSecretTitle: "Öffnen Sie den Link aus Ihrer Mail",
  noSecretText:
    "Diese Seite braucht den ganzen Einladungslink. Öffnen Sie ihn aus der Mail oder kopieren Sie ihn vollständig.",
  theSender: "die Person, die Sie eingeladen hat",

  signInCancelled: "Sie haben sich nicht angemeldet. Die Einladung ist weiterhin offen.",
  signInFailed: "Die Anmeldung hat nicht geklappt. Bitte versuchen Sie es erneut.",
  signInUnavailable: "Die Anmeldung ist gerade nicht möglich. Bitte versuchen Sie es gleich noch einmal.",

  refusals: {
    expired: {
      title: "Diese Einladung ist abgelaufen",
      text: ({ sender }) =>
        `Damit Sie einen neuen Link bekommen, muss ${sender} sie erneut senden. Bitten Sie darum.`,
    },
    revoked: {
      title: "Diese Einladung wurde zurückgezogen",
      text: ({ sender }) => `Falls das ein Versehen ist: ${sender} kann Sie neu einladen.`,
    },
    used: {
      title: "Diese Einladung wurde bereits angenommen",
      text: ({ sender }) =>
        `Wenn Sie das waren, sind Sie schon dabei: Öffnen Sie einfach Vestibule. Wenn nicht: ${sender} kann Sie neu einladen.`,
    },
    declined: {
      title: "Diese Einladung wurde abgelehnt",
      text: ({ sender }) => `Falls Sie doch dabei sein möchten: ${sender} kann Sie neu einladen.`,
    },
    unknown: {
      title: "Dieser Link ist nicht bekannt",
      text: () =>
        "Prüfen Sie, ob Sie ihn vollständig kopiert haben und ob es der neueste ist: Ein erneut gesendeter Link ersetzt den alten. Sonst fragen Sie die Person, die Sie eingeladen hat.",
    },
    organizationGone: {
      title: "Diese Einladung gibt es nicht mehr",
      text: ({ organization }) =>
        `Eben war sie noch da: ${organization} gibt es nicht mehr, oder das Angebot wurde zurückgenommen. Sie müssen nichts weiter tun.`,
    },
    alreadyMember: {
      title: "Sie sind bereits Mitglied",
      text: ({ organization }) =>
        `Sie gehören zu ${organization}; es gibt nichts mehr anzunehmen. Öffnen Sie einfach Vestibule.`,
    },
    alreadyGuest: {
      title: "Sie sind bereits Gast",
      text: ({ organization }) =>
        `Sie sind Gast von ${organization}; es gibt nichts mehr anzunehmen. Öffnen Sie einfach Vestibule.`,
    },
    alreadyHasAccess: {
      title: "Sie haben bereits Zugang",
      text: () => "Diese Mailadresse gehört schon zu Ihren. Öffnen Sie einfach Vestibule.",
    },
    wrongAccount: {
      title: "Diese Einladung gilt für eine andere Adresse",
      text: ({ invited, signedIn }) =>
        `Sie ging an ${invited}, und Sie sind als ${signedIn} angemeldet. Melden Sie sich mit der eingeladenen Adresse an; die Einladung bleibt offen.`,
    },
    notVerified: {
      title: "Ihre Adresse ist noch nicht bestätigt",
      text: ({ signedIn }) =>
        `Bestätigen Sie ${signedIn} bei Ihrem Anmeldedienst (suchen Sie dessen Mail mit einem Code oder Link) und melden Sie sich dann erneut an. Die Einladung bleibt offen.`,
    },
    noSeat: {
      title: "Zurzeit ist kein Platz frei",
      text: ({ organization, sender }) =>
        `Alle Plätze von ${organization} sind belegt. Ihre Einladung bleibt offen: Sobald ${sender} einen Platz freigemacht hat, versuchen Sie es erneut.`,
    },
    noGuestPlace: {
      title: "Kein Platz für einen weiteren Gast",
      text: ({ organization, sender }) =>
        `${organization} hat so viele Gäste, wie möglich sind. Ihre Einladung bleibt offen: Sobald ${sender} Platz geschaffen hat, versuchen Sie es erneut.`,
    },
    noChannel: {
      title: "Die Kanäle sind nicht mehr offen",
      text: ({ sender }) =>
        `Keiner der Kanäle dieser Einladung ist noch offen. Sobald ${sender} einen wiederhergestellt oder Sie in einen anderen eingeladen hat, versuchen Sie es erneut.`,
    },
    secondFactor: {
      title: "Ein zweiter Faktor ist nötig",
      text: () =>
        "Eine Mailadresse wird nur mit Personen geteilt, die sich mit einem zweiten Faktor anmelden. Richten Sie bei Ihrem Anmeldedienst einen ein (eine Authenticator-App oder einen Passkey) und melden Sie sich damit an. Die Einladung bleibt offen.",
    },
    deactivated: {
      title: "Ihr Zugang ist deaktiviert",
      text: ({ organization }) =>
        `Sie waren Mitglied von ${organization}, und Ihr Zugang ist deaktiviert. Wer die Organisation verwaltet, kann ihn wieder aktivieren.`,
    },
    addressConflict: {
      title: "Dieses Konto kann die Adresse nicht nutzen",
      text: ({ signedIn }) =>
        `Ihre eigene Adresse ${signedIn} ist die geteilte. Melden Sie sich mit einem Konto einer anderen Adresse an.`,
    },
    addressIsLogin: {
      title: "Diese Adresse kann nicht mehr geteilt werden",
      text: ({ sender }) =>
        `Jemand meldet sich mit ihr an, deshalb wird sie nicht mehr geteilt. Fragen Sie nach einer anderen: ${sender} kann Ihnen helfen.`,
    },
    tooMany: {
      title: "Zu viele Versuche",
      text: () =>
        "Der Dienst braucht eine kurze Pause. Warten Sie eine Minute und versuchen Sie es dann erneut.",
    },
    busy: {
      title: "Der Dienst ist ausgelastet",
      text: () => "Nichts ist verloren. Bitte versuchen Sie es gleich noch einmal.",
    },
    offline: {
      title: "Der Dienst ist nicht erreichbar",
      text: () => "Prüfen Sie Ihre Verbindung und versuchen Sie es dann erneut. Nichts ist verloren.",
    },
    signedOut: {
      title: "Ihre Anmeldung ist abgelaufen",
      text: () => "Bitte melden Sie sich erneut an; die Einladung bleibt offen.",
    },
    failed: {
      title: "Das hat nicht geklappt",
      text: ({ reference }) =>
        `Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es erneut; wenn es wieder geschieht, nennen Sie uns diese Nummer: ${reference}`,
    },
  },

  orgRoles: {
    legal_representative: "gesetzliche Vertretung",
    administrator: "Administration",
    user: "Nutzer/in",
  },
  guest: "Gast",
  chatAdmin: "Chat-Administration",
  shareRights: {
    read: "lesen",
    send: "senden",
    manageFilters: "Filter verwalten",
    manageAliases: "Aliasse verwalten",
    manageRedirections: "Weiterleitungen verwalten",
    manageSignatures: "Signaturen verwalten",
    manageAutoReply: "die automatische Antwort verwalten",
    manageFolders: "Ordner verwalten",
    restoreMessages: "Nachrichten wiederherstellen",
    changePassword: "das Passwort ändern",
    viewLogs: "Protokolle einsehen",
  },

  mineTitle: "Ihre Einladungen",
  mineText: (email) => `Diese warten auf ${email}.`,
  mineNone: (email) => `Zurzeit wartet nichts auf ${email}.`,
  mineSignIn: "Sie können sich auch anmelden, um die Einladungen zu sehen, die auf Ihre Adresse warten.",
  signIn: "Anmelden",
  show: "Ansehen",
};
