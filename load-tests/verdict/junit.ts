import { escaped } from './chart.ts'
import type { Verdict } from './verdict.ts'

/** Verdicts as JUnit: a suite for each run, a case for each thing that must hold; what CI systems read. */
export function junitReport(verdicts: readonly Verdict[]): string {
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...verdicts.map(suite), '</testsuites>', ''].join('\n')
}

function suite({ name, startedAt, wanted, checks }: Verdict): string {
  const count = (state: string) => checks.filter((check) => check.state === state).length
  const facts = `tests="${checks.length}" failures="${count('failed')}" skipped="${count('not-checked')}" time="${wanted.seconds}"`
  const cases = checks.map((check) => {
    const begin = `    <testcase classname="${attribute(name)}" name="${attribute(check.name)}"`
    if (check.state === 'passed') return `${begin}/>`
    const tag = check.state === 'failed' ? 'failure' : 'skipped'
    return `${begin}><${tag} message="${attribute(check.detail)}"/></testcase>`
  })
  return [`  <testsuite name="${attribute(name)}" timestamp="${startedAt}" ${facts}>`, ...cases, '  </testsuite>'].join('\n')
}

/** XML knows no control characters, whatever they are written as. */
function attribute(text: string): string {
  return escaped(
    [...text]
      .map((one) => (one < ' ' ? ' ' : one))
      .join('')
      .slice(0, 2_000),
  )
}
