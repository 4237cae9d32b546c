import type { Sentences } from "../sentences.ts";

export const es: Sentences = {
  opening: "Abriendo su invitación…",
  leadingToSignIn: "Le llevamos a la página de inicio de sesión…",
  signingIn: "Iniciando sesión…",
  sending: "Un momento…",
  waiting: "El servicio está ocupado. Nuevo intento…",
  language: "Idioma",

  invitedTo: {
    member: ({ organization }) => `Únase a ${organization}`,
    guest: ({ organization }) => `Una invitación de ${organization}`,
    share: ({ organization }) => `Una dirección de correo de ${organization} para usted`,
  },
  invitedBy: {
    member: ({ sender, organization }) =>
      `${sender} le invita a ${organization} en Vestibule, donde el equipo conversa y trabaja.`,
    guest: ({ sender, organization }) =>
      `${sender} le invita a conversar con el equipo de ${organization} en Vestibule, como invitado de sus canales.`,
    share: ({ sender, organization }) =>
      `${sender} comparte con usted una dirección de correo de ${organization}. La usa con su propia cuenta; ninguna contraseña cambia de manos.`,
  },
  sender: "Invita",
  forAddress: "Para",
  sharedAddress: "Dirección de correo",
  rights: "Usted puede",
  role: "Su función",
  channels: "Canales",
  accessUntil: "Acceso hasta",
  validUntil: "Válida hasta",
  andMore: (count) => `y ${count} más`,

  signInToAnswer: "Iniciar sesión y responder",
  signInAs: (email) => `Inicie sesión como ${email}: la invitación es para esta dirección.`,
  signInAny: "Puede iniciar sesión con cualquiera de sus cuentas.",
  secondFactorAhead:
    "Necesitará un segundo factor, por ejemplo un código de una aplicación de autenticación.",
  signedInAs: (email) => `Ha iniciado sesión como ${email}.`,
  anotherAccount: "Usar otra cuenta",
  accept: "Aceptar",
  decline: "Rechazar",
  back: "Volver",
  toInvitation: "Volver a la invitación",
  again: "Intentar de nuevo",
  signInAgain: "Iniciar sesión de nuevo",
  signInWithSecondFactor: "Iniciar sesión con un segundo factor",

  attachTitle: "¿Adónde debe ir la dirección?",
  attachPersonal: "Mi espacio personal",

  declineTitle: "¿Rechazar esta invitación?",
  declineText: ({ sender }) => `No se puede deshacer: haría falta una nueva invitación de ${sender}.`,
  declineFor: "Rechazar definitivamente",
  declinedTitle: "Ha rechazado la invitación",
  declinedText: "No hace falta nada más. Puede cerrar esta página.",

  registrationTitle: "Solo unos datos más",
  registrationText: ({ organization }) => `Así le verán en ${organization}.`,
  firstName: "Nombre",
  lastName: "Apellidos",
  phone: "Número de teléfono",
  phoneHint: "Con el prefijo del país, por ejemplo +34 910 000 000.",
  terms: (version) => `Acepto las condiciones de uso (versión ${version}).`,
  join: "Unirme",
  checkDetails: "Algunos datos no se han aceptado. Revíselos, por favor.",

  inTitle: {
    member: ({ organization }) => `Le damos la bienvenida a ${organization}`,
    guest: ({ organization }) => `Le damos la bienvenida a ${organization}`,
    share: () => "Ya puede usar la dirección",
  },
  inText: {
    member: ({ organization }) => `Ahora es miembro de ${organization}.`,
    guest: ({ organization }) => `Ahora es invitado de ${organization}.`,
    share: ({ organization }) => `Ahora tiene acceso a una dirección de correo de ${organization}.`,
  },
  inNext: "Puede cerrar esta página y abrir Vestibule.",
  openChat: "Abrir Vestibule",

  noSecretTitle: "Abra el enlace de su correo",
  noSecretText:
    "Esta página necesita el enlace de invitación entero. Ábralo desde el correo o cópielo completo.",
  theSender: "la persona que le invitó",

  signInCancelled: "No ha iniciado sesión. La invitación sigue abierta.",
  signInFailed: "No se ha podido iniciar sesión. Inténtelo de nuevo, por favor.",
  signInUnavailable: "Ahora mismo no se puede iniciar sesión. Inténtelo de nuevo en un momento.",

  refusals: {
    expired: {
      title: "Esta invitación ha caducado",
      text: ({ sender }) => `Pida a ${sender} que la envíe de nuevo: recibirá un enlace nuevo.`,
    },
    revoked: {
      title: "Esta invitación se ha retirado",
      text: ({ sender }) => `Si cree que es un error, pida una nueva a ${sender}.`,
    },
    used: {
      title: "Esta invitación ya se ha aceptado",
      text: ({ sender }) =>
        `Si fue usted, ya está dentro: simplemente abra Vestibule. Si no, avise a ${sender} para recibir una nueva invitación.`,
    },
    declined: {
      title: "Esta invitación se ha rechazado",
      text: ({ sender }) => `Si aun así quiere unirse, pida una nueva a ${sender}.`,
    },
    unknown: {
      title: "Este enlace no se conoce",
      text: () =>
        "Compruebe que lo ha copiado entero y que es el más reciente: un enlace enviado de nuevo sustituye al anterior. Si no, pregunte a la persona que le invitó.",
    },
    organizationGone: {
      title: "Esta invitación ya no existe",
      text: ({ organization }) =>
        `Hace un momento estaba aquí: ${organization} ya no existe, o ha retirado lo que se le ofrecía. No hace falta nada más.`,
    },
    alreadyMember: {
      title: "Ya es miembro",
      text: ({ organization }) =>
        `Usted ya pertenece a ${organization}; no queda nada que aceptar. Simplemente abra Vestibule.`,
    },
    alreadyGuest: {
      title: "Ya es invitado",
      text: ({ organization }) =>
        `Usted ya está entre los invitados de ${organization}; no queda nada que aceptar. Simplemente abra Vestibule.`,
    },
    alreadyHasAccess: {
      title: "Ya tiene acceso",
      text: () => "Esta dirección de correo ya está entre las suyas. Simplemente abra Vestibule.",
    },
    wrongAccount: {
      title: "Esta invitación es para otra dirección",
      text: ({ invited, signedIn }) =>
        `Se envió a ${invited}, y usted ha iniciado sesión como ${signedIn}. Inicie sesión con la dirección invitada; la invitación sigue abierta.`,
    },
    notVerified: {
      title: "Su dirección aún no está verificada",
      text: ({ signedIn }) =>
        `Confirme ${signedIn} en su servicio de inicio de sesión (busque su correo con un código o un enlace) y vuelva a iniciar sesión. La invitación sigue abierta.`,
    },
    noSeat: {
      title: "No hay plazas libres en este momento",
      text: ({ organization, sender }) =>
        `Todas las plazas de ${organization} están ocupadas. Su invitación sigue abierta: pida a ${sender} que libere una y vuelva a intentarlo.`,
    },
    noGuestPlace: {
      title: "No hay sitio para otro invitado",
      text: ({ organization, sender }) =>
        `${organization} ya tiene todos los invitados que puede tener. Su invitación sigue abierta: pida a ${sender} que haga sitio y vuelva a intentarlo.`,
    },
    noChannel: {
      title: "Los canales ya no están abiertos",
      text: ({ sender }) =>
        `Ninguno de los canales de esta invitación sigue abierto. Pida a ${sender} que restablezca uno o que le invite a otro, y vuelva a intentarlo.`,
    },
    secondFactor: {
      title: "Hace falta un segundo factor",
      text: () =>
        "Una dirección de correo solo se comparte con quienes inician sesión con un segundo factor. Active uno en su servicio de inicio de sesión (una aplicación de autenticación o una llave de acceso) e inicie sesión con él. La invitación sigue abierta.",
    },
    deactivated: {
      title: "Su acceso está desactivado",
      text: ({ organization }) =>
        `Usted era miembro de ${organization}, y su acceso está desactivado. Quien gestiona la organización puede reactivarlo.`,
    },
    addressConflict: {
      title: "Esta cuenta no puede usar la dirección",
      text: ({ signedIn }) =>
        `Su propia dirección ${signedIn} es la compartida. Inicie sesión con una cuenta de otra dirección.`,
    },
    addressIsLogin: {
      title: "Esta dirección ya no se puede compartir",
      text: ({ sender }) =>
        `Alguien inicia sesión con ella, por eso ya no se comparte. Pida otra a ${sender}.`,
    },
    tooMany: {
      title: "Demasiados intentos",
      text: () => "El servicio le pide una breve pausa. Espere un minuto y vuelva a intentarlo.",
    },
    busy: {
      title: "El servicio está ocupado",
      text: () => "No se ha perdido nada. Inténtelo de nuevo en un momento.",
    },
    offline: {
      title: "No se puede contactar con el servicio",
      text: () => "Compruebe su conexión y vuelva a intentarlo. No se ha perdido nada.",
    },
    signedOut: {
      title: "Su sesión ha terminado",
      text: () => "Inicie sesión de nuevo, por favor; la invitación sigue abierta.",
    },
    failed: {
      title: "Algo no ha funcionado",
      text: ({ reference }) =>
        `Ha habido un error por nuestra parte. Inténtelo de nuevo; si se repite, díganos esta referencia: ${reference}`,
    },
  },

  orgRoles: {
    legal_representative: "representante legal",
    administrator: "administrador",
    user: "usuario",
  },
  guest: "invitado",
  chatAdmin: "administrador del chat",
  shareRights: {
    read: "leer",
    send: "enviar",
    manageFilters: "gestionar los filtros",
    manageAliases: "gestionar los alias",
    manageRedirections: "gestionar las redirecciones",
    manageSignatures: "gestionar las firmas",
    manageAutoReply: "gestionar la respuesta automática",
    manageFolders: "gestionar las carpetas",
    restoreMessages: "restaurar mensajes",
    changePassword: "cambiar la contraseña",
    viewLogs: "ver los registros",
  },

  mineTitle: "Sus invitaciones",
  mineText: (email) => `Estas esperan a ${email}.`,
  mineNone: (email) => `Ahora mismo nada espera a ${email}.`,
  mineSignIn: "También puede iniciar sesión para ver las invitaciones que esperan a su dirección.",
  signIn: "Iniciar sesión",
  show: "Ver",
};
