import type { PeriodType } from './period.ts'

/** What the person at the counter or the kiosk reads. Dutch always; a client must show it when it is there. */
export interface EndUserMessage {
  readonly nl: string
  readonly fr?: string
  readonly en?: string
}

const PER_PERIOD: Record<PeriodType, { nl: string; fr: string; en: string }> = {
  ABSOLUTE: { nl: 'in totaal', fr: 'au total', en: 'in total' },
  DAY: { nl: 'per dag', fr: 'par jour', en: 'a day' },
  WEEK: { nl: 'per week', fr: 'par semaine', en: 'a week' },
  MONTH: { nl: 'per maand', fr: 'par mois', en: 'a month' },
  QUARTER: { nl: 'per kwartaal', fr: 'par trimestre', en: 'a quarter' },
  YEAR: { nl: 'per jaar', fr: 'par an', en: 'a year' },
}

const NOT_YET = new Intl.DateTimeFormat('nl-BE', { timeZone: 'Europe/Brussels', dateStyle: 'long', timeStyle: 'short' })

/** All texts for end users, as functions of their facts. The wording is ours, the meaning is that of the real system. */
export const MESSAGES = {
  limitReached: (volume: number, period: PeriodType): EndUserMessage => ({
    nl: `Je hebt hier al een punt gespaard. Je kan voor deze activiteit maximaal ${volume} keer ${PER_PERIOD[period].nl} sparen.`,
    fr: `Tu as déjà épargné un point ici : au maximum ${volume} fois ${PER_PERIOD[period].fr} pour cette activité.`,
    en: `You already saved a point here: at most ${volume} times ${PER_PERIOD[period].en} for this activity.`,
  }),
  /** `opensAt`: epoch ms. */
  notYet: (opensAt: number): EndUserMessage => ({
    nl: `Punten sparen kan nog niet. Dat kan voor deze activiteit vanaf ${NOT_YET.format(opensAt)}.`,
    fr: "Il n'est pas encore possible d'épargner un point pour cette activité.",
    en: 'It is too early to save a point for this activity.',
  }),
  over: (): EndUserMessage => ({
    nl: 'Deze activiteit is voorbij, je kan er geen punt meer voor sparen.',
    fr: "Cette activité est terminée, il n'est plus possible d'y épargner un point.",
    en: 'This activity is over, points can no longer be saved for it.',
  }),
  cancelled: (): EndUserMessage => ({
    nl: 'Deze activiteit gaat niet door, je kan er geen punt voor sparen.',
    fr: "Cette activité n'a pas lieu, il n'est pas possible d'y épargner un point.",
    en: 'This activity does not take place, no point can be saved for it.',
  }),
  invalidNumber: (): EndUserMessage => ({
    nl: 'Dit UiTPAS-nummer klopt niet. Een UiTPAS-nummer heeft precies 13 cijfers.',
    fr: 'Ce numéro UiTPAS est incorrect. Un numéro UiTPAS compte exactement 13 chiffres.',
    en: 'This UiTPAS number is not right. A UiTPAS number has exactly 13 digits.',
  }),
  eventNotFound: (): EndUserMessage => ({
    nl: 'We vinden deze activiteit niet, of je kan er geen punten sparen.',
    fr: "Nous ne trouvons pas cette activité, ou elle n'offre pas de points.",
    en: 'We cannot find this activity, or it gives no points.',
  }),
  noKioskEvent: (): EndUserMessage => ({
    nl: 'Er is hier nu geen activiteit waarvoor je een punt kan sparen.',
    fr: "Il n'y a pas d'activité ici en ce moment pour épargner un point.",
    en: 'There is no activity here right now to save a point for.',
  }),
  notPossible: (): EndUserMessage => ({
    nl: 'Dat lukt zo niet. Vraag hulp aan de balie.',
    fr: "Cela n'est pas possible ainsi. Demande de l'aide au guichet.",
    en: 'That does not work like this. Please ask at the counter.',
  }),
  tryAgainLater: (): EndUserMessage => ({
    nl: 'Dat lukt nu even niet. Probeer het straks opnieuw.',
    fr: "Cela n'est pas possible pour le moment. Réessaie plus tard.",
    en: 'That does not work just now. Please try again in a moment.',
  }),
  passNotFound: (): EndUserMessage => ({
    nl: 'We vinden deze UiTPAS niet terug. Kijk je het nummer even na?',
    fr: 'Nous ne trouvons pas cet UiTPAS. Peux-tu vérifier le numéro ?',
    en: 'We cannot find this UiTPAS. Please check the number.',
  }),
  /** `own`: name of the pass's programme; `used`: of the one it was held to. */
  otherProgramme: (own: string, used: string): EndUserMessage => ({
    nl: `Dit is een pas van ${own}, die kan je hier niet gebruiken: hier geldt ${used}.`,
    fr: `Ceci est un pass de ${own}, il n'est pas valable ici : ${used} uniquement.`,
    en: `This is a pass of ${own}, it cannot be used here: this is for ${used}.`,
  }),
  programmeNotNow: (name: string): EndUserMessage => ({
    nl: `Passen van ${name} kan je vandaag niet gebruiken.`,
    fr: `Les pass de ${name} ne sont pas valables aujourd'hui.`,
    en: `Passes of ${name} cannot be used today.`,
  }),
  notOfAge: (name: string): EndUserMessage => ({
    nl: `${name} is niet voor jouw leeftijd.`,
    fr: `${name} n'est pas destiné à ton âge.`,
    en: `${name} is not for your age.`,
  }),
  groupPass: (): EndUserMessage => ({
    nl: 'Met een groepspas kan je geen punten sparen.',
    fr: "Un pass de groupe ne permet pas d'épargner des points.",
    en: 'A group pass cannot save points.',
  }),
  cardBlocked: (): EndUserMessage => ({
    nl: 'Deze UiTPAS is geblokkeerd. Vraag hulp aan de balie.',
    fr: "Cet UiTPAS est bloqué. Demande de l'aide au guichet.",
    en: 'This UiTPAS is blocked. Please ask at the counter.',
  }),
  cardNotActive: (): EndUserMessage => ({
    nl: 'Deze UiTPAS is niet actief, je kan er geen punten mee sparen. Vraag hulp aan de balie.',
    fr: "Cet UiTPAS n'est pas actif. Demande de l'aide au guichet.",
    en: 'This UiTPAS is not active. Please ask at the counter.',
  }),
  noActiveMembership: (): EndUserMessage => ({
    nl: 'Deze UiTPAS hoort niet meer bij een actief lidmaatschap. Vraag hulp aan de balie.',
    fr: "Cet UiTPAS n'est plus lié à une affiliation active. Demande de l'aide au guichet.",
    en: 'This UiTPAS has no active membership any more. Please ask at the counter.',
  }),
  expiredCheckinCode: (): EndUserMessage => ({
    nl: 'Deze code is verlopen. Scan de code die er vandaag hangt.',
    fr: "Ce code a expiré. Scanne le code d'aujourd'hui.",
    en: 'This code has expired. Please scan the code of today.',
  }),
  invalidCheckinCode: (): EndUserMessage => ({
    nl: 'Deze code is niet geldig. Scan de code opnieuw.',
    fr: "Ce code n'est pas valable. Scanne-le à nouveau.",
    en: 'This code is not valid. Please scan it again.',
  }),
  groupPassRedeem: (): EndUserMessage => ({
    nl: 'Met een groepspas kan je geen voordelen omruilen.',
    fr: "Un pass de groupe ne permet pas d'échanger des avantages.",
    en: 'A group pass cannot redeem rewards.',
  }),
  rewardNotFound: (): EndUserMessage => ({
    nl: 'We vinden dit voordeel niet, of het wordt niet meer aangeboden.',
    fr: "Nous ne trouvons pas cet avantage, ou il n'est plus proposé.",
    en: 'We cannot find this reward, or it is no longer offered.',
  }),
  rewardNotNow: (): EndUserMessage => ({
    nl: 'Dit voordeel kan je vandaag niet omruilen.',
    fr: "Cet avantage ne peut pas être échangé aujourd'hui.",
    en: 'This reward cannot be redeemed today.',
  }),
  rewardGone: (): EndUserMessage => ({
    nl: 'Dit voordeel is op.',
    fr: 'Cet avantage est épuisé.',
    en: 'This reward is sold out.',
  }),
  rewardElsewhere: (): EndUserMessage => ({
    nl: 'Dit voordeel is niet voor jouw UiTPAS-regio of gemeente.',
    fr: "Cet avantage n'est pas destiné à ta région UiTPAS ou à ta commune.",
    en: 'This reward is not for your UiTPAS region or municipality.',
  }),
  rewardTaken: (volume: number, period: PeriodType): EndUserMessage => ({
    nl: `Je kan dit voordeel maximaal ${volume} keer ${PER_PERIOD[period].nl} omruilen, en dat heb je al gedaan.`,
    fr: `Tu peux échanger cet avantage au maximum ${volume} fois ${PER_PERIOD[period].fr}, ce que tu as déjà fait.`,
    en: `You can redeem this reward at most ${volume} times ${PER_PERIOD[period].en}, and you already did.`,
  }),
  rewardNotGranted: (): EndUserMessage => ({
    nl: 'Dit welkomstvoordeel is niet aan jou toegekend.',
    fr: "Cet avantage de bienvenue ne t'a pas été attribué.",
    en: 'This welcome reward was not granted to you.',
  }),
  tooFewPoints: (points: number): EndUserMessage => ({
    nl: `Je hebt nog niet genoeg punten. Dit voordeel kost ${points} ${points === 1 ? 'punt' : 'punten'}.`,
    fr: `Tu n'as pas encore assez de points. Cet avantage coûte ${points} ${points === 1 ? 'point' : 'points'}.`,
    en: `You do not have enough points yet. This reward costs ${points} ${points === 1 ? 'point' : 'points'}.`,
  }),
  cardNotUsable: (): EndUserMessage => ({
    nl: 'Deze UiTPAS is niet actief. Vraag hulp aan de balie.',
    fr: "Cet UiTPAS n'est pas actif. Demande de l'aide au guichet.",
    en: 'This UiTPAS is not active. Please ask at the counter.',
  }),
  couponLimitReached: (volume: number, period: PeriodType): EndUserMessage => ({
    nl: `Je hebt een coupon voor deze activiteit, maar je kan hiermee maximaal ${volume} keer ${PER_PERIOD[period].nl} een ticket kopen.`,
    fr: `Tu as un bon pour cette activité, mais il ne vaut que ${volume} fois ${PER_PERIOD[period].fr}.`,
    en: `You have a coupon for this activity, but it is good for ${volume} tickets ${PER_PERIOD[period].en} only.`,
  }),
  eventWithoutTariff: (): EndUserMessage => ({
    nl: 'We vinden deze activiteit niet, of er is geen UiTPAS-korting voor.',
    fr: "Nous ne trouvons pas cette activité, ou elle n'offre pas de réduction UiTPAS.",
    en: 'We cannot find this activity, or there is no UiTPAS discount for it.',
  }),
  groupQuotaReached: (volume: number): EndUserMessage => ({
    nl: `Deze groepspas heeft dit jaar geen tickets aan kansentarief meer over (maximaal ${volume} per jaar).`,
    fr: `Ce pass de groupe n'a plus de tickets à tarif réduit cette année (au maximum ${volume} par an).`,
    en: `This group pass has no tickets at the reduced tariff left this year (at most ${volume} a year).`,
  }),
  eventTicketsGone: (): EndUserMessage => ({
    nl: 'De tickets aan kansentarief voor deze activiteit zijn op.',
    fr: 'Les tickets à tarif réduit pour cette activité sont épuisés.',
    en: 'The tickets at the reduced tariff for this activity are sold out.',
  }),
  invalidCoupon: (): EndUserMessage => ({
    nl: 'Deze coupon is niet geldig voor dit ticket.',
    fr: "Ce bon n'est pas valable pour ce ticket.",
    en: 'This coupon is not valid for this ticket.',
  }),
  notOnline: (): EndUserMessage => ({
    nl: 'Dit voordeel kan je niet online omruilen. Ga ermee naar de balie.',
    fr: "Cet avantage ne s'échange pas en ligne. Rends-toi au guichet.",
    en: 'This reward cannot be redeemed online. Please go to the counter.',
  }),
  noTariff: (): EndUserMessage => ({
    nl: 'Voor dit ticket is er met deze UiTPAS geen korting. Kansentarief geldt alleen binnen de UiTPAS-regio waar je er recht op hebt.',
    fr: 'Cet UiTPAS ne donne pas de réduction sur ce ticket. Le tarif réduit ne vaut que dans la région UiTPAS où tu y as droit.',
    en: 'This UiTPAS gives no discount on this ticket. The reduced tariff holds only in the UiTPAS region where you have a right to it.',
  }),
  organizerTicketLimitReached: (volume: number, period: PeriodType): EndUserMessage => ({
    nl: `Je kan bij deze organisator maximaal ${volume} keer ${PER_PERIOD[period].nl} een ticket aan kansentarief kopen.`,
    fr: `Chez cet organisateur, tu peux acheter au maximum ${volume} fois ${PER_PERIOD[period].fr} un ticket à tarif réduit.`,
    en: `From this organizer you can buy at most ${volume} tickets ${PER_PERIOD[period].en} at the reduced tariff.`,
  }),
  ticketLimitReached: (volume: number, period: PeriodType): EndUserMessage => ({
    nl: `Je hebt geen recht meer op kansentarief voor deze activiteit. Je kan maximaal ${volume} keer ${PER_PERIOD[period].nl} een ticket aan kansentarief kopen.`,
    fr: `Tu n'as plus droit au tarif réduit pour cette activité : au maximum ${volume} fois ${PER_PERIOD[period].fr}.`,
    en: `You have no right to the reduced tariff for this activity any more: at most ${volume} tickets ${PER_PERIOD[period].en}.`,
  }),
  /** `left`: tickets that could still be bought. */
  tooManyTickets: (left: number): EndUserMessage => ({
    nl: `Er zijn onvoldoende tickets: je kan er nog ${left} kopen.`,
    fr: `Il n'y a pas assez de tickets : tu peux encore en acheter ${left}.`,
    en: `There are not enough tickets: you can buy ${left} more.`,
  }),
  socialTariffExpired: (): EndUserMessage => ({
    nl: 'Je kansentarief is verlopen. Vraag aan de balie of je het kan verlengen.',
    fr: "Ton tarif réduit a expiré. Demande au guichet s'il peut être prolongé.",
    en: 'Your reduced tariff has expired. Ask at the counter whether it can be renewed.',
  }),
  socialTariffSuspended: (): EndUserMessage => ({
    nl: 'Je kansentarief is geschorst. Vraag uitleg aan de balie.',
    fr: "Ton tarif réduit est suspendu. Demande plus d'informations au guichet.",
    en: 'Your reduced tariff is suspended. Please ask at the counter.',
  }),
} as const
