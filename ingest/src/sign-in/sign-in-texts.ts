/** Languages of the sign-in page, the first where nothing else is asked for. */
export const LANGUAGES = ['nl', 'fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Why somebody sees the page again. */
export type SignInFault = 'wrong' | 'too-often' | 'busy'

interface SignInTexts {
  readonly title: string
  /** @param app name of the client */
  readonly lead: (app: string) => string
  readonly email: string
  readonly password: string
  readonly submit: string
  readonly cancel: string
  readonly faults: Readonly<Record<SignInFault, string>>
  readonly overTitle: string
  readonly over: string
}

export const SIGN_IN_TEXTS: Readonly<Record<Language, SignInTexts>> = {
  nl: {
    title: 'Aanmelden',
    lead: (app) => `Je meldt je aan om ${app} te gebruiken met je UiTPAS.`,
    email: 'E-mailadres',
    password: 'Wachtwoord',
    submit: 'Aanmelden',
    cancel: 'Annuleren',
    faults: {
      wrong: 'Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Kijk je ze even na?',
      'too-often': 'Je hebt te vaak na elkaar geprobeerd. Wacht een minuut en probeer het opnieuw.',
      busy: 'Het is nu erg druk. Probeer het over enkele seconden opnieuw.',
    },
    overTitle: 'Aanmelden lukt niet',
    over: 'Deze aanmelding is verlopen of klopt niet. Ga terug naar de app en begin opnieuw.',
  },
  fr: {
    title: 'Se connecter',
    lead: (app) => `Tu te connectes pour utiliser ${app} avec ton UiTPAS.`,
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    submit: 'Se connecter',
    cancel: 'Annuler',
    faults: {
      wrong: 'Cette adresse e-mail et ce mot de passe ne vont pas ensemble. Vérifie-les.',
      'too-often': 'Trop de tentatives à la suite. Attends une minute et réessaie.',
      busy: 'Il y a beaucoup de monde. Réessaie dans quelques secondes.',
    },
    overTitle: 'Connexion impossible',
    over: "Cette connexion a expiré ou n'est pas valable. Retourne à l'application et recommence.",
  },
  en: {
    title: 'Sign in',
    lead: (app) => `You sign in to use ${app} with your UiTPAS.`,
    email: 'E-mail address',
    password: 'Password',
    submit: 'Sign in',
    cancel: 'Cancel',
    faults: {
      wrong: 'This e-mail address and this password do not belong together. Please check them.',
      'too-often': 'Too many attempts in a row. Wait a minute and try again.',
      busy: 'It is very busy right now. Try again in a few seconds.',
    },
    overTitle: 'Signing in is not possible',
    over: 'This sign-in is over, or something about it is wrong. Go back to the app and start again.',
  },
}

/**
 * The first language that the page has, of what the app asks for (`ui_locales`) and then of what the browser takes
 * (`Accept-Language`, in its own order; the weights do not matter here).
 */
export function languageOf(locales: string, acceptLanguage: string): Language {
  for (const tag of [...locales.split(' '), ...acceptLanguage.split(',')]) {
    const wanted = tag.trim().slice(0, 2).toLowerCase()
    const language = LANGUAGES.find((known) => known === wanted)
    if (language) return language
  }
  return LANGUAGES[0]
}
