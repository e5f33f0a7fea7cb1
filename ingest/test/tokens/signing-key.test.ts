import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSigningKey } from '../../src/tokens/signing-key.ts'

describe('the key that signs tokens', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'zuil-signing-key-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('is made once, also by processes that start together, and only its owner may read it', async () => {
    const file = join(folder, 'keys', 'tokens.pem')
    const keys = await Promise.all([1, 2, 3].map(() => openSigningKey(file, 'secret')))
    const later = await openSigningKey(file, 'secret')
    expect(new Set([...keys, later].map((key) => key.publicJwk.kid)).size).toBe(1)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(later.publicJwk).not.toHaveProperty('d')
  })

  test('does not open under another installation secret, and says what to do', async () => {
    const file = join(folder, 'tokens.pem')
    await openSigningKey(file, 'secret')
    await expect(openSigningKey(file, 'other')).rejects.toThrow(/restore that secret, or remove the file/)
  })
})
