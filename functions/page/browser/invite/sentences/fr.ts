import type { Sentences } from "../sentences.ts";

export const fr: Sentences = {
  opening: "Ouverture de votre invitation…",
  leadingToSignIn: "Nous vous menons à la page de connexion…",
  signingIn: "Connexion en cours…",
  sending: "Un instant…",
  waiting: "Le service est très sollicité. Nouvel essai…",
  language: "Langue",

  invitedTo: {
    member: ({ organization }) => `Rejoignez ${organization}`,
    guest: ({ organization }) => `Une invitation de ${organization}`,
    share: ({ organization }) => `Une adresse e-mail de ${organization} pour vous`,
  },
  invitedBy: {
    member: ({ sender, organization }) =>
      `${sender} vous invite à rejoindre ${organization} sur Vestibule, où l’équipe échange et travaille.`,
    guest: ({ sender, organization }) =>
      `${sender} vous invite à échanger avec l’équipe de ${organization} sur Vestibule, comme invité de ses canaux.`,
    share: ({ sender, organization }) =>
      `${sender} partage avec vous une adresse e-mail de ${organization}. Vous l’utilisez avec votre propre compte ; aucun mot de passe n’est transmis.`,
  },
  sender: "De la part de",
  forAddress: "Pour",
  sharedAddress: "Adresse e-mail",
  rights: "Vous pouvez",
  role: "Votre rôle",
  channels: "Canaux",
  accessUntil: "Accès jusqu’au",
  validUntil: "Valable jusqu’au",
  andMore: (count) => `et ${count} de plus`,

  signInToAnswer: "Se connecter pour répondre",
  signInAs: (email) => `Connectez-vous en tant que ${email} : l’invitation est pour cette adresse.`,
  signInAny: "Vous pouvez vous connecter avec n’importe lequel de vos comptes.",
  secondFactorAhead:
    "Il vous faudra un second facteur, par exemple un code d’une application d’authentification.",
  signedInAs: (email) => `Vous êtes connecté en tant que ${email}.`,
  anotherAccount: "Utiliser un autre compte",
  accept: "Accepter",
  decline: "Refuser",
  back: "Retour",
  toInvitation: "Retour à l’invitation",
  again: "Réessayer",
  signInAgain: "Se reconnecter",
  signInWithSecondFactor: "Se connecter avec un second facteur",

  attachTitle: "Où l’adresse doit-elle aller ?",
  attachPersonal: "Mon espace personnel",

  declineTitle: "Refuser cette invitation ?",
  declineText: ({ sender }) =>
    `Ce choix est définitif : il faudrait une nouvelle invitation de la part de ${sender}.`,
  declineFor: "Refuser définitivement",
  declinedTitle: "Vous avez refusé l’invitation",
  declinedText: "Il n’y a rien d’autre à faire. Vous pouvez fermer cette page.",

  registrationTitle: "Encore quelques informations",
  registrationText: ({ organization }) => `C’est ainsi que l’on vous verra chez ${organization}.`,
  firstName: "Prénom",
  lastName: "Nom",
  phone: "Numéro de téléphone",
  phoneHint: "Avec l’indicatif du pays, par exemple +33 1 99 00 12 34.",
  terms: (version) => `J’accepte les conditions d’utilisation (version ${version}).`,
  join: "Rejoindre",
  checkDetails: "Certaines informations n’ont pas été acceptées. Veuillez les vérifier.",

  inTitle: {
    member: ({ organization }) => `Bienvenue chez ${organization}`,
    guest: ({ organization }) => `Bienvenue chez ${organization}`,
    share: () => "L’adresse est à votre disposition",
  },
  inText: {
    member: ({ organization }) => `Vous êtes maintenant membre de ${organization}.`,
    guest: ({ organization }) => `Vous êtes maintenant invité de ${organization}.`,
    share: ({ organization }) => `Vous avez maintenant accès à une adresse e-mail de ${organization}.`,
  },
  inNext: "Vous pouvez fermer cette page et ouvrir Vestibule.",
  openChat: "Ouvrir Vestibule",

  noSecretTitle: "Ouvrez le lien de votre e-mail",
  noSecretText:
    "Cette page a besoin du lien d’invitation entier. Ouvrez-le depuis l’e-mail, ou copiez-le complètement.",
  theSender: "la personne qui vous a invité",

  signInCancelled: "Vous ne vous êtes pas connecté. L’invitation reste ouverte.",
  signInFailed: "La connexion n’a pas fonctionné. Veuillez réessayer.",
  signInUnavailable: "La connexion n’est pas possible pour le moment. Veuillez réessayer dans un instant.",

  refusals: {
    expired: {
      title: "Cette invitation a expiré",
      text: ({ sender }) => `Demandez un nouvel envoi à ${sender} : vous recevrez un nouveau lien.`,
    },
    revoked: {
      title: "Cette invitation a été retirée",
      text: ({ sender }) => `Si vous pensez que c’est une erreur, demandez-en une nouvelle à ${sender}.`,
    },
    used: {
      title: "Cette invitation a déjà été acceptée",
      text: ({ sender }) =>
        `Si c’était vous, tout est fait : ouvrez simplement Vestibule. Sinon, dites-le à ${sender} pour obtenir une nouvelle invitation.`,
    },
    declined: {
      title: "Cette invitation a été refusée",
      text: ({ sender }) => `Si vous souhaitez tout de même venir, demandez-en une nouvelle à ${sender}.`,
    },
    unknown: {
      title: "Ce lien est inconnu",
      text: () =>
        "Vérifiez que vous l’avez copié entièrement et que c’est le plus récent : un lien renvoyé remplace l’ancien. Sinon, adressez-vous à la personne qui vous a invité.",
    },
    organizationGone: {
      title: "Cette invitation n’existe plus",
      text: ({ organization }) =>
        `Elle était là il y a un instant : ${organization} n’existe plus, ou a repris ce qui vous était proposé. Il n’y a rien d’autre à faire.`,
    },
    alreadyMember: {
      title: "Vous êtes déjà membre",
      text: ({ organization }) =>
        `Vous faites partie de ${organization} ; il n’y a plus rien à accepter. Ouvrez simplement Vestibule.`,
    },
    alreadyGuest: {
      title: "Vous êtes déjà invité",
      text: ({ organization }) =>
        `Vous êtes déjà parmi les invités de ${organization} ; il n’y a plus rien à accepter. Ouvrez simplement Vestibule.`,
    },
    alreadyHasAccess: {
      title: "Vous avez déjà accès",
      text: () => "Cette adresse e-mail est déjà parmi les vôtres. Ouvrez simplement Vestibule.",
    },
    wrongAccount: {
      title: "Cette invitation est pour une autre adresse",
      text: ({ invited, signedIn }) =>
        `Elle a été envoyée à ${invited}, et vous êtes connecté en tant que ${signedIn}. Connectez-vous avec l’adresse invitée ; l’invitation reste ouverte.`,
    },
    notVerified: {
      title: "Votre adresse n’est pas encore vérifiée",
      text: ({ signedIn }) =>
        `Confirmez ${signedIn} auprès de votre service de connexion (cherchez son e-mail avec un code ou un lien), puis reconnectez-vous. L’invitation reste ouverte.`,
    },
    noSeat: {
      title: "Aucune place libre pour le moment",
      text: ({ organization, sender }) =>
        `Toutes les places de ${organization} sont prises. Votre invitation reste ouverte : demandez à ${sender} d’en libérer une, puis réessayez.`,
    },
    noGuestPlace: {
      title: "Plus de place pour un invité",
      text: ({ organization, sender }) =>
        `${organization} ne peut pas accueillir plus d’invités. Votre invitation reste ouverte : demandez à ${sender} de faire de la place, puis réessayez.`,
    },
    noChannel: {
      title: "Les canaux ne sont plus ouverts",
      text: ({ sender }) =>
        `Aucun canal de cette invitation n’est encore ouvert. Demandez à ${sender} d’en rétablir un ou de vous inviter dans un autre, puis réessayez.`,
    },
    secondFactor: {
      title: "Il faut un second facteur",
      text: () =>
        "Une adresse e-mail n’est partagée qu’avec des personnes qui se connectent avec un second facteur. Activez-en un auprès de votre service de connexion (une application d’authentification ou une clé d’accès), puis connectez-vous avec lui. L’invitation reste ouverte.",
    },
    deactivated: {
      title: "Votre accès est désactivé",
      text: ({ organization }) =>
        `Vous étiez membre de ${organization}, et votre accès est désactivé. Un responsable de l’organisation peut le réactiver.`,
    },
    addressConflict: {
      title: "Ce compte ne peut pas utiliser l’adresse",
      text: ({ signedIn }) =>
        `Votre propre adresse ${signedIn} est celle qui est partagée. Connectez-vous avec un compte d’une autre adresse.`,
    },
    addressIsLogin: {
      title: "Cette adresse ne peut plus être partagée",
      text: ({ sender }) =>
        `Quelqu’un s’en sert pour se connecter, elle n’est donc plus partagée. Demandez-en une autre à ${sender}.`,
    },
    tooMany: {
      title: "Trop de tentatives",
      text: () => "Le service vous demande une courte pause. Attendez une minute, puis réessayez.",
    },
    busy: {
      title: "Le service est occupé",
      text: () => "Rien n’est perdu. Veuillez réessayer dans un instant.",
    },
    offline: {
      title: "Le service est injoignable",
      text: () => "Vérifiez votre connexion, puis réessayez. Rien n’est perdu.",
    },
    signedOut: {
      title: "Votre session est terminée",
      text: () => "Veuillez vous reconnecter ; l’invitation reste ouverte.",
    },
    failed: {
      title: "Cela n’a pas fonctionné",
      text: ({ reference }) =>
        `Une erreur s’est produite de notre côté. Veuillez réessayer ; si cela se répète, indiquez-nous cette référence : ${reference}`,
    },
  },

  orgRoles: {
    legal_representative: "représentant légal",
    administrator: "administrateur",
    user: "utilisateur",
  },
  guest: "invité",
  chatAdmin: "administrateur du chat",
  shareRights: {
    read: "lire",
    send: "envoyer",
    manageFilters: "gérer les filtres",
    manageAliases: "gérer les alias",
    manageRedirections: "gérer les redirections",
    manageSignatures: "gérer les signatures",
    manageAutoReply: "gérer la réponse automatique",
    manageFolders: "gérer les dossiers",
    restoreMessages: "restaurer des messages",
    changePassword: "changer le mot de passe",
    viewLogs: "voir les journaux",
  },

  mineTitle: "Vos invitations",
  mineText: (email) => `Elles attendent ${email}.`,
  mineNone: (email) => `Rien n’attend ${email} pour le moment.`,
  mineSignIn: "Vous pouvez aussi vous connecter pour voir les invitations qui attendent votre adresse.",
  signIn: "Se connecter",
  show: "Voir",
};
