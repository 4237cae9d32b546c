import type { Sentences } from "../sentences.ts";

export const it: Sentences = {
  opening: "Apertura del suo invito…",
  leadingToSignIn: "La portiamo alla pagina di accesso…",
  signingIn: "Accesso in corso…",
  sending: "Un momento…",
  waiting: "Il servizio è molto occupato. Nuovo tentativo…",
  language: "Lingua",

  invitedTo: {
    member: ({ organization }) => `Entri in ${organization}`,
    guest: ({ organization }) => `Un invito come ospite di ${organization}`,
    share: ({ organization }) => `Un indirizzo e-mail di ${organization} per lei`,
  },
  invitedBy: {
    member: ({ sender, organization }) =>
      `${sender} la invita in ${organization} su Vestibule, dove il team comunica e lavora insieme.`,
    guest: ({ sender, organization }) =>
      `${sender} la invita a comunicare con il team di ${organization} su Vestibule, come ospite dei suoi canali.`,
    share: ({ sender, organization }) =>
      `${sender} condivide con lei un indirizzo e-mail di ${organization}. Lo usa con il suo accesso; nessuna password passa di mano.`,
  },
  sender: "Invito di",
  forAddress: "Per",
  sharedAddress: "Indirizzo e-mail",
  rights: "Può",
  role: "Il suo ruolo",
  channels: "Canali",
  accessUntil: "Accesso fino a",
  validUntil: "Valido fino a",
  andMore: (count) => `e altri ${count}`,

  signInToAnswer: "Accedi per rispondere",
  signInAs: (email) => `Acceda come ${email}: l’invito è per questo indirizzo.`,
  signInAny: "Può accedere con uno qualsiasi dei suoi account.",
  secondFactorAhead: "Le servirà un secondo fattore, per esempio un codice di un’app di autenticazione.",
  signedInAs: (email) => `Ha effettuato l’accesso come ${email}.`,
  anotherAccount: "Usa un altro account",
  accept: "Accetta",
  decline: "Rifiuta",
  back: "Indietro",
  toInvitation: "Torna all’invito",
  again: "Riprova",
  signInAgain: "Accedi di nuovo",
  signInWithSecondFactor: "Accedi con un secondo fattore",

  attachTitle: "Dove deve andare l’indirizzo?",
  attachPersonal: "Il mio spazio personale",

  declineTitle: "Rifiutare questo invito?",
  declineText: ({ sender }) => `Non si può annullare: servirebbe un nuovo invito da parte di ${sender}.`,
  declineFor: "Rifiuta definitivamente",
  declinedTitle: "Ha rifiutato l’invito",
  declinedText: "Non serve altro. Può chiudere questa pagina.",

  registrationTitle: "Ancora qualche dato",
  registrationText: ({ organization }) => `Così la vedranno le persone di ${organization}.`,
  firstName: "Nome",
  lastName: "Cognome",
  phone: "Numero di telefono",
  phoneHint: "Con il prefisso del paese, per esempio +39 06 1234 5678.",
  terms: (version) => `Accetto le condizioni d’uso (versione ${version}).`,
  join: "Entra",
  checkDetails: "Alcuni dati non sono stati accettati. Li controlli, per favore.",

  inTitle: {
    member: ({ organization }) => `Le diamo il benvenuto in ${organization}`,
    guest: ({ organization }) => `Le diamo il benvenuto in ${organization}`,
    share: () => "L’indirizzo è a sua disposizione",
  },
  inText: {
    member: ({ organization }) => `Ora fa parte di ${organization}.`,
    guest: ({ organization }) => `Ora è ospite di ${organization}.`,
    share: ({ organization }) => `Ora ha accesso a un indirizzo e-mail di ${organization}.`,
  },
  inNext: "Può chiudere questa pagina e aprire Vestibule.",
  openChat: "Apri Vestibule",

  noSecretTitle: "Apra il link della sua e-mail",
  noSecretText:
    "Questa pagina ha bisogno del link di invito intero. Lo apra dall’e-mail o lo copi completamente.",
  theSender: "chi l’ha invitata",

  signInCancelled: "Non ha effettuato l’accesso. L’invito è ancora aperto.",
  signInFailed: "L’accesso non è riuscito. Riprovi, per favore.",
  signInUnavailable: "In questo momento non è possibile accedere. Riprovi tra poco.",

  refusals: {
    expired: {
      title: "Questo invito è scaduto",
      text: ({ sender }) => `Chieda a ${sender} di inviarlo di nuovo: riceverà un nuovo link.`,
    },
    revoked: {
      title: "Questo invito è stato ritirato",
      text: ({ sender }) => `Se pensa che sia un errore, ne chieda uno nuovo a ${sender}.`,
    },
    used: {
      title: "Questo invito è già stato accettato",
      text: ({ sender }) =>
        `Se è stato lei, è già dentro: apra semplicemente Vestibule. Altrimenti lo dica a ${sender} per avere un nuovo invito.`,
    },
    declined: {
      title: "Questo invito è stato rifiutato",
      text: ({ sender }) => `Se vuole comunque partecipare, ne chieda uno nuovo a ${sender}.`,
    },
    unknown: {
      title: "Questo link non è conosciuto",
      text: () =>
        "Controlli di averlo copiato per intero e che sia il più recente: un link inviato di nuovo sostituisce il precedente. Altrimenti si rivolga a chi l’ha invitata.",
    },
    organizationGone: {
      title: "Questo invito non c’è più",
      text: ({ organization }) =>
        `Un momento fa c’era: ${organization} non esiste più, o ha ritirato ciò che le era offerto. Non serve altro.`,
    },
    alreadyMember: {
      title: "Fa già parte dell’organizzazione",
      text: ({ organization }) =>
        `Lei fa già parte di ${organization}; non c’è più nulla da accettare. Apra semplicemente Vestibule.`,
    },
    alreadyGuest: {
      title: "È già ospite",
      text: ({ organization }) =>
        `Lei è ospite di ${organization}; non c’è più nulla da accettare. Apra semplicemente Vestibule.`,
    },
    alreadyHasAccess: {
      title: "Ha già accesso",
      text: () => "Questo indirizzo e-mail è già tra i suoi. Apra semplicemente Vestibule.",
    },
    wrongAccount: {
      title: "Questo invito è per un altro indirizzo",
      text: ({ invited, signedIn }) =>
        `È stato inviato a ${invited} e lei ha effettuato l’accesso come ${signedIn}. Acceda con l’indirizzo invitato; l’invito resta aperto.`,
    },
    notVerified: {
      title: "Il suo indirizzo non è ancora verificato",
      text: ({ signedIn }) =>
        `Confermi ${signedIn} presso il suo servizio di accesso (cerchi la sua e-mail con un codice o un link), poi acceda di nuovo. L’invito resta aperto.`,
    },
    noSeat: {
      title: "Al momento non ci sono posti liberi",
      text: ({ organization, sender }) =>
        `Tutti i posti di ${organization} sono occupati. Il suo invito resta aperto: chieda a ${sender} di liberarne uno, poi riprovi.`,
    },
    noGuestPlace: {
      title: "Nessun posto per un altro ospite",
      text: ({ organization, sender }) =>
        `${organization} ha già il numero massimo di ospiti. Il suo invito resta aperto: chieda a ${sender} di fare posto, poi riprovi.`,
    },
    noChannel: {
      title: "I canali non sono più aperti",
      text: ({ sender }) =>
        `Nessuno dei canali di questo invito è ancora aperto. Chieda a ${sender} di ripristinarne uno o di invitarla in un altro, poi riprovi.`,
    },
    secondFactor: {
      title: "Serve un secondo fattore",
      text: () =>
        "Un indirizzo e-mail è condiviso solo con chi accede con un secondo fattore. Ne attivi uno presso il suo servizio di accesso (un’app di autenticazione o una passkey), poi acceda con quello. L’invito resta aperto.",
    },
    deactivated: {
      title: "Il suo accesso è disattivato",
      text: ({ organization }) =>
        `Lei faceva parte di ${organization} e il suo accesso è disattivato. Chi gestisce l’organizzazione può riattivarlo.`,
    },
    addressConflict: {
      title: "Questo account non può usare l’indirizzo",
      text: ({ signedIn }) =>
        `Il suo indirizzo ${signedIn} è proprio quello condiviso. Acceda con un account di un altro indirizzo.`,
    },
    addressIsLogin: {
      title: "Questo indirizzo non può più essere condiviso",
      text: ({ sender }) =>
        `Qualcuno lo usa per accedere, perciò non è più condiviso. Ne chieda un altro a ${sender}.`,
    },
    tooMany: {
      title: "Troppi tentativi",
      text: () => "Il servizio le chiede una breve pausa. Aspetti un minuto, poi riprovi.",
    },
    busy: {
      title: "Il servizio è occupato",
      text: () => "Nulla è andato perso. Riprovi tra poco.",
    },
    offline: {
      title: "Il servizio non è raggiungibile",
      text: () => "Controlli la connessione, poi riprovi. Nulla è andato perso.",
    },
    signedOut: {
      title: "La sua sessione è terminata",
      text: () => "Acceda di nuovo, per favore; l’invito resta aperto.",
    },
    failed: {
      title: "Qualcosa non ha funzionato",
      text: ({ reference }) =>
        `C’è stato un errore da parte nostra. Riprovi; se succede ancora, ci comunichi questo riferimento: ${reference}`,
    },
  },

  orgRoles: {
    legal_representative: "rappresentante legale",
    administrator: "amministratore",
    user: "utente",
  },
  guest: "ospite",
  chatAdmin: "amministratore della chat",
  shareRights: {
    read: "leggere",
    send: "inviare",
    manageFilters: "gestire i filtri",
    manageAliases: "gestire gli alias",
    manageRedirections: "gestire gli inoltri",
    manageSignatures: "gestire le firme",
    manageAutoReply: "gestire la risposta automatica",
    manageFolders: "gestire le cartelle",
    restoreMessages: "ripristinare i messaggi",
    changePassword: "cambiare la password",
    viewLogs: "vedere i registri",
  },

  mineTitle: "I suoi inviti",
  mineText: (email) => `Questi attendono ${email}.`,
  mineNone: (email) => `Al momento nulla attende ${email}.`,
  mineSignIn: "Può anche accedere per vedere gli inviti che attendono il suo indirizzo.",
  signIn: "Accedi",
  show: "Vedi",
};
