import type { Language } from '../../lib/language.ts'
import type { RolesChange, RolesFault, RolesView } from '../../lib/roles-view.ts'

/** Words of the page "Rollen"; used on the server only. */
export interface AccountsWords extends Pick<RolesView, 'title' | 'intro' | 'elsewhere'> {
  readonly form: Pick<RolesView['form'], 'title' | 'labels'>
  readonly list: Omit<RolesView['list'], 'rows'>
  readonly faults: Readonly<Record<RolesFault, string>>
  readonly changes: Readonly<Record<RolesChange, string>>
}

const nl: AccountsWords = {
  title: 'Rollen',
  intro:
    'Een rol zegt welke cijfers een account leest. Op deze pagina’s geldt een wijziging meteen; wie al een toegangsbewijs voor de gegevens heeft, leest daarmee nog hoogstens een dag als voorheen. Elke wijziging staat in het logboek op Beheer.',
  elsewhere:
    'Mensen melden zich hier aan bij een dienst van uzelf. Zegt die dienst welke rollen iemand heeft, dan komen de rollen van daar en tellen die van hieronder niet. Wat hier staat, geldt alleen voor accounts waarover ze niets zegt.',
  form: {
    title: 'Geef een rol',
    labels: {
      account: 'Account: e-mailadres of nummer',
      role: 'Rol',
      place: 'Plaats: naam of nummer (niet voor publiq en auditor; afrekening: de regio)',
      keep: 'Geef de rol',
    },
  },
  list: { title: 'Accounts met een rol', none: 'Geen enkel account heeft een rol.', remove: 'Neem de rol af' },
  faults: {
    account: 'Niet gewijzigd: dit account bestaat niet. Nieuwe accounts komen er met “zuil import”.',
    role: 'Niet gewijzigd: kies een rol.',
    place: 'Niet gewijzigd: deze plaats kennen we niet. Geef de naam zoals hij op deze pagina’s staat, of het nummer.',
    several: 'Niet gewijzigd: meer dan een organisator heet zo. Geef het nummer.',
    full: 'Niet gewijzigd: dit account heeft al honderd rollen.',
    last: 'Niet gewijzigd: dit is de laatste beheerder. Geef eerst iemand anders de rol publiq.',
    unavailable: 'Het register antwoordt nu niet. Kijk in de lijst of de wijziging er staat, en probeer anders opnieuw.',
  },
  changes: { given: 'De rol is gegeven.', taken: 'De rol is afgenomen.' },
}

const fr: AccountsWords = {
  title: 'Rôles',
  intro:
    'Un rôle dit quels chiffres un compte lit. Sur ces pages, un changement vaut aussitôt ; qui a déjà un jeton d’accès aux données lit encore avec lui comme avant, un jour au plus. Chaque changement figure dans le journal de Gestion.',
  elsewhere:
    'Ici, on se connecte auprès d’un service qui est le vôtre. Si ce service dit quels rôles quelqu’un a, les rôles viennent de là et ceux d’ici ne comptent pas. Ce qui figure ici ne vaut que pour les comptes dont il ne dit rien.',
  form: {
    title: 'Donner un rôle',
    labels: {
      account: 'Compte : adresse e-mail ou numéro',
      role: 'Rôle',
      place: 'Lieu : nom ou numéro (pas pour publiq et auditeur ; décompte : la région)',
      keep: 'Donner le rôle',
    },
  },
  list: { title: 'Comptes avec un rôle', none: 'Aucun compte n’a de rôle.', remove: 'Retirer le rôle' },
  faults: {
    account: 'Rien n’a changé : ce compte n’existe pas. De nouveaux comptes s’ajoutent avec « zuil import ».',
    role: 'Rien n’a changé : choisissez un rôle.',
    place: 'Rien n’a changé : ce lieu est inconnu. Donnez son nom comme sur ces pages, ou son numéro.',
    several: 'Rien n’a changé : plusieurs organisateurs portent ce nom. Donnez le numéro.',
    full: 'Rien n’a changé : ce compte a déjà cent rôles.',
    last: 'Rien n’a changé : c’est le dernier administrateur. Donnez d’abord le rôle publiq à quelqu’un d’autre.',
    unavailable: 'Le registre ne répond pas. Regardez dans la liste si le changement y figure, sinon réessayez.',
  },
  changes: { given: 'Le rôle est donné.', taken: 'Le rôle est retiré.' },
}

const en: AccountsWords = {
  title: 'Roles',
  intro:
    'A role says which figures an account reads. On these pages a change holds at once; who has an access token for the data already, reads with it as before for a day at most. Each change stands in the log on Operations.',
  elsewhere:
    'People sign in here with a service of your own. Where it says which roles somebody has, roles come from there and those below do not count. What stands here holds only for accounts of which it says nothing.',
  form: {
    title: 'Give a role',
    labels: {
      account: 'Account: e-mail address or id',
      role: 'Role',
      place: 'Place: name or number (not for publiq and auditor; settlement: the region)',
      keep: 'Give the role',
    },
  },
  list: { title: 'Accounts with a role', none: 'No account has a role.', remove: 'Take the role' },
  faults: {
    account: 'Nothing changed: there is no such account. New accounts come with “zuil import”.',
    role: 'Nothing changed: choose a role.',
    place: 'Nothing changed: we do not know this place. Give its name as it stands on these pages, or its number.',
    several: 'Nothing changed: more than one organizer has this name. Give the number.',
    full: 'Nothing changed: this account has a hundred roles already.',
    last: 'Nothing changed: this is the last administrator. Give somebody else the role publiq first.',
    unavailable: 'The registry does not answer. Look whether the change is in the list, and try again if it is not.',
  },
  changes: { given: 'The role was given.', taken: 'The role was taken.' },
}

const WORDS: Readonly<Record<Language, AccountsWords>> = { nl, fr, en }

export function accountsWords(language: Language): AccountsWords {
  return WORDS[language]
}
