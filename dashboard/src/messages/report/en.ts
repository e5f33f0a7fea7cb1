import type { ReportMessages } from './report-messages.ts'

export const en: ReportMessages = {
  words: {
    contents: 'Contents',
    foreword: 'Foreword',
    comment: 'Comment',
    page: 'page',
    table: 'Table',
    colophon: 'Made with Zuil from published figures. Free to use when the source is named: UiTPAS, through Zuil.',
  },
  page: {
    title: 'Report',
    description: 'The yearly report of a region, municipality or organizer, ready to print.',
    chapters: 'Chapters',
    choose: 'Choose chapters',
    show: 'Show',
    write: 'Write a foreword and comments',
    writeAdvice:
      'What you write here will stand in this report, for everybody who reads it. Write nothing about a single person.',
    keep: 'Keep',
    kept: 'Kept.',
    download: 'As a file',
    print: 'PDF',
  },
  title: ({ place, isYear }) => `${isYear ? 'Yearly report' : 'Report'} ${place}`,
  source: ({ release, published, threshold }) =>
    `Release ${release} of ${published}. What is about fewer than ${threshold} people is not shown; the rest is rounded.`,
  provisional: 'Provisional: the period is not over.',
  chapters: {
    summary: 'Summary',
    reach: 'Reach',
    gap: 'The participation gap',
    frequency: 'How often and how broadly',
    flows: 'Across municipal borders',
    points: 'Points and rewards',
    welcome: 'Welcome benefits',
    costs: 'Social tariff and costs',
    municipalities: 'The municipalities side by side',
    organizers: 'Offer and organizers',
    public: 'The public',
    change: 'Change',
    agreements: 'Agreements and targets',
    annotations: 'Annotations',
    coverage: 'What is counted',
    withheld: 'What is not shown',
  },
  empty: 'Nothing was published on this for this place and period.',
  noPdf: ({ machine, package: name }) =>
    `No PDF can be made here: the program that sets pages is not installed for ${machine}. Whoever runs Zuil runs “npm install --no-save ${name}” and starts Zuil again; until then there is XLSX.`,
  organizersApart:
    'Figures of one organizer are for that organizer: each has a report of its own, beside that of nameless peers.',
  change: {
    none: 'In this period and the year before, no day of joining or of a campaign is known around which enough is published.',
    intro:
      'Before and after a day on which something changed, in this period or the year before, beside a place where nothing changed then.',
  },
  agreements: {
    none: 'The region set no targets; the key figures stand beside those of the period before.',
    intro:
      'The region set these targets itself; they stand here as they were kept when this report was made. Of the gap the target is the largest that may be.',
    caption: 'What the region agreed, and what became of it',
    columns: {
      number: 'Agreement',
      value: 'This period',
      beside: 'Beside the one before',
      target: 'Target',
      year: 'By the end of',
      standing: 'Standing',
    },
  },
  annotations: {
    none: 'No annotations were made about this period.',
    intro: 'What happened in this period, by those who wrote it down. What happens together need not be the cause.',
    caption: 'Annotations about this period',
    columns: { when: 'When', place: 'Place', kind: 'Kind', text: 'Text' },
    days: ({ first, last }) => `${first} until ${last}`,
    left: ({ shown, of }) => `These are the last ${shown} of ${of}.`,
  },
  coverage: [
    'All figures come from registrations with the UiTPAS. Who takes part without a pass is not seen, nor who does not show it.',
    'A participation is one passholder at one activity on one day. The target group is who had the social tariff in the period.',
  ],
  withheld: {
    rules: (threshold) => [
      `What is about fewer than ${threshold} people is not shown. At times another number is not shown either, because it would give such a number away.`,
      'The rest is rounded: people to 5, participations and points to 10, money to € 50. Totals are rounded apart and therefore differ by some units from the sum of their parts.',
      'Differences that are smaller than the rounding are called “no clear difference” here.',
    ],
    nothing: 'In the figures of this report nothing had to be left out.',
    figure: ({ count, of }) => `${count} of ${of} figures not shown`,
    total: ({ count, of }) => `In this report ${count} of ${of} figures are not shown.`,
  },
  counts: 'Counted:',
  unseen: 'Not seen:',
}
