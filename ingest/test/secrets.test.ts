import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { positionOfId, transactionId } from '@zuil/core'
import { SECRET_LABELS } from '@zuil/core/contracts/secret-labels'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { installationSecret, isSameSecret, SECRET_FILE, Secrets } from '../src/secrets.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zuil-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the installation secret', () => {
  test('is made at the first start, for its owner only, and is the same afterwards', () => {
    const secret = installationSecret(folder)
    expect([secret.length, installationSecret(folder).equals(secret)]).toEqual([32, true])
    expect(statSync(join(folder, SECRET_FILE)).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(folder, 'keys'))).toEqual(['installation.key'])
    expect(readFileSync(join(folder, SECRET_FILE), 'utf8').trim()).toBe(secret.toString('hex'))
  })

  test('comes from the setting when there is one, and then no file is made', () => {
    expect(installationSecret(folder, 'ab'.repeat(32))).toEqual(Buffer.alloc(32, 0xab))
    expect(readdirSync(folder)).toEqual([])
  })

  test('is refused when it is none or when others may read it', () => {
    expect(() => installationSecret(folder, 'secret')).toThrow(/ZUIL_SECRET must hold 64 hexadecimal digits/)
    installationSecret(folder)
    chmodSync(join(folder, SECRET_FILE), 0o644)
    expect(() => installationSecret(folder)).toThrow(/may be read by others: run chmod 600/)
    writeFileSync(join(folder, SECRET_FILE), '')
    chmodSync(join(folder, SECRET_FILE), 0o600)
    expect(() => installationSecret(folder)).toThrow(/must hold 64 hexadecimal digits/)
  })
})

describe('the keys of an installation', () => {
  const secrets = new Secrets(Buffer.alloc(32, 1))

  test('are all different', () => {
    const keys = SECRET_LABELS.map((label) => secrets.key(label).toString('hex'))
    expect(new Set(keys).size).toBe(SECRET_LABELS.length)
  })

  test('give hashes that keep their purposes apart', () => {
    const hashes = [secrets.cardHash('04'), secrets.chipHash('04'), secrets.holderHash('04')].map((hash) => hash.toString('hex'))
    hashes.push(secrets.requestHash('key', '04'), secrets.requestHash('body', '04'))
    expect(new Set(hashes).size).toBe(5)
  })

  test('give ids that only this installation recognises', () => {
    const position = { lane: 3, ms: 1_795_000_000_000, sequence: 5 }
    const id = transactionId(secrets.idKey(), position)
    expect(positionOfId(secrets.idKey(), id)).toEqual(position)
    expect(positionOfId(new Secrets(Buffer.alloc(32, 2)).idKey(), id)).toBeUndefined()
  })

  test('seal what only they open, in its own place, unchanged', () => {
    const sealed = secrets.seal('Amina', 'holders/1')
    expect(secrets.open(sealed, 'holders/1')).toBe('Amina')
    expect(secrets.seal('Amina', 'holders/1').equals(sealed)).toBe(false)
    expect(() => secrets.open(sealed, 'holders/2')).toThrow(/does not open/)
    expect(() => new Secrets(Buffer.alloc(32, 2)).open(sealed, 'holders/1')).toThrow(/does not open/)
    for (const place of [1, 14, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[place] = (changed[place] ?? 0) ^ 1
      expect(() => secrets.open(changed, 'holders/1')).toThrow(/does not open/)
    }
    expect(() => secrets.open(Buffer.from([2, 3]), 'holders/1')).toThrow(/unknown format/)
  })

  test('seal with another nonce each time, and open also what was sealed long before', () => {
    const sealed = Array.from({ length: 1_000 }, (_, number) => secrets.seal(`${number}`, 'answer'))
    expect(new Set(sealed.map((each) => each.toString('hex', 1, 13))).size).toBe(1_000)
    expect(sealed.map((each) => secrets.open(each, 'answer'))).toEqual(sealed.map((_, number) => String(number)))
  })

  test('compare secrets of any length', () => {
    expect([isSameSecret('a', 'a'), isSameSecret('a', 'ab'), isSameSecret('', 'a')]).toEqual([true, false, false])
  })
})
