import type { Messages } from './messages.ts'

export const en: Messages = {
  site: {
    name: 'Zuil',
    tagline: 'Participation with the leisure pass',
    skip: 'Skip to content',
    pages: 'Pages',
    now: 'Now',
    language: 'Language',
    theme: 'Display',
    themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
    source: 'Source: the journal of Zuil. Numbers of check-ins are shown, never persons.',
    dataLinks: 'The same figures as data:',
    timeZone: 'All times are Belgian time.',
  },
  now: {
    title: 'Now',
    description: 'Today’s check-ins, live: by minute, channel and municipality, and what was refused.',
    keyFigures: 'Key figures of today',
    pause: 'Pause',
    resume: 'Resume',
    paused: (time) => `Paused. The figures below stay those of ${time}.`,
    offline: (time) => `The connection is lost. You see the figures of ${time}; we keep trying.`,
    connecting: 'Connecting …',
    noScript: 'The figures on this page do not move, because JavaScript is off.',
    reload: 'Reload the page for the latest figures',
    table: 'Show as a table',
    unavailableTitle: 'The figures are not available right now',
    unavailableAdvice:
      'Checking in with the pass goes on and every check-in is kept. As soon as the figures are back, they appear here by themselves.',
    readingTitle: 'How to read this',
    reading: [
      'A check-in is presenting a pass once at an activity. Who comes twice counts twice: these are not persons.',
      'A cancelled check-in no longer counts, not even afterwards.',
      'Minutes after the time of “up to date until” are provisional. Their bar is light with a dashed edge and may still rise.',
      'A refusal is an attempt that was answered with no. The same pass can be refused several times.',
    ],
  },
  freshness: {
    sentence: (time) => `Up to date until ${time}`,
    none: 'No figures yet',
    remark: (state, { lag, waiting, waitingText }) => {
      switch (state) {
        case 'live':
          return 'Every check-in accepted until then is counted.'
        case 'behind':
          return waiting > 0
            ? `Loading is ${lag} behind; ${waitingText} ${waiting === 1 ? 'record waits' : 'records wait'}.`
            : `Loading is ${lag} behind.`
        case 'stale':
          return `No new figures for ${lag}. Checking in goes on; the figures will follow.`
        case 'unavailable':
          return 'Checking in goes on; the figures will follow.'
      }
    },
  },
  finding: {
    some: ({ checkins, one, lastMinute, time }) =>
      `${checkins} ${one ? 'check-in' : 'check-ins'} so far today; ${lastMinute} of them in the minute of ${time}.`,
    none: 'There are no check-ins yet today.',
  },
  keyFigure: {
    checkins: 'Check-ins today',
    checkinsNote: 'since midnight',
    lastMinute: 'Last full minute',
    lastMinuteNote: (time) => `check-ins at ${time}`,
    points: 'Points earned',
    pointsNote: 'today, by checking in',
    refusals: 'Refused',
    refusalsNote: (share) => `${share} of the attempts today`,
    refusalsNone: 'no attempts yet today',
  },
  minutes: {
    some: ({ mean, peak, peakTime }) => `${mean} check-ins a minute on average, with a peak of ${peak} at ${peakTime}`,
    none: 'No check-ins in the last hour',
    measure: 'Number of check-ins per minute, last 60 minutes',
    note: 'Light bars are provisional.',
    caption: (from, to) => `Number of check-ins per minute, from ${from} to ${to}`,
    minute: 'Minute',
    checkins: 'Check-ins',
    state: 'State',
    complete: 'complete',
    provisional: 'provisional',
  },
  channels: {
    some: ({ channel, share }) => `Most often: ${channel}, ${share} of the check-ins`,
    none: 'No check-ins yet today',
    empty: 'The first check-in of today will appear here by itself.',
    measure: 'Number of check-ins by channel, today',
    caption: (day) => `Number of check-ins by channel, ${day}`,
    channel: 'Channel',
    names: { KIOSK: 'Kiosk', COUNTER: 'Counter', SELF: 'Own device', BATCH: 'Sent in later' },
    unknown: (code) => `Other channel (${code})`,
  },
  venues: {
    some: ({ name, share, count }) => `${name} has the most check-ins: ${count}, or ${share}`,
    none: 'No check-ins yet today',
    empty: 'The first check-in of today will appear here by itself.',
    measure: 'Number of check-ins by municipality of the activity, today',
    caption: (day) => `Number of check-ins by municipality of the activity, ${day}`,
    venue: 'Municipality',
    unknown: 'Municipality unknown',
    unnamed: (nis) => `NIS code ${nis}`,
    others: (count) => `Other municipalities (${count})`,
  },
  refusals: {
    some: ({ reason, count, one }) => `Most often refused: “${reason}”, ${count} ${one ? 'time' : 'times'}`,
    none: 'Nothing refused yet today',
    empty: 'As soon as something is refused, the reason stands here.',
    measure: 'Number of refusals by reason, today',
    caption: (day) => `Number of refusals by reason, ${day}`,
    reason: 'Reason',
    times: 'Refusals',
    reasons: {
      'maximum-reached': 'Already saved, maximum reached',
      'checkin-not-allowed': 'Outside hours or not allowed',
      'invalid-card': 'Card does not fit this action',
      'invalid-card-status': 'Card not active',
      'card-blocked': 'Card blocked',
      'passholder-blocked': 'Pass blocked',
      'passholder-not-found': 'Passholder not found',
      'pass-not-found': 'Pass not found',
      'passholder-no-active-cardsystems': 'Pass expired or not valid here',
      'invalid-uitpas-number': 'Invalid pass number',
      'invalid-uitpasnumber': 'Invalid pass number',
      'event-not-found': 'Activity not found',
      'event-not-acceptable': 'Activity not usable',
      'checkin-code-invalid': 'Invalid check-in code',
      'checkin-code-expired': 'Check-in code expired',
      'social-tariff-expired': 'Social tariff expired',
      'social-tariff-suspended': 'Social tariff suspended',
      'kiosk-not-found': 'Kiosk unknown',
      'rate-limited': 'Too many attempts in a row',
      forbidden: 'No right to this activity',
      unauthorized: 'Not signed in',
      'invalid-data': 'Incomplete or wrong data',
      'invalid-syntax': 'Unreadable data',
      missing: 'Empty request',
    },
    unknown: (slug) => `Other reason (${slug})`,
    others: (count) => `Other reasons (${count})`,
  },
  columns: { checkins: 'Check-ins', share: 'Share' },
  error: {
    notFoundTitle: 'This page does not exist',
    notFound: 'The address is wrong or the page has moved.',
    brokenTitle: 'This page could not be shown',
    broken: 'Checking in goes on. Please try again in a moment. If it keeps failing, pass on the number below.',
    reference: (reference) => `Number of this error: ${reference}`,
    back: 'To the figures of now',
  },
}
