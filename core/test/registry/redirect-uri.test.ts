import { describe, expect, test } from 'vitest'
import { parseClient } from '../../src/registry/client.ts'

const parse = (redirectUri: string) => parseClient({ id: 'app', name: 'App', redirectUris: [redirectUri] }, undefined)

describe('where people may be sent back to', () => {
  test.each([
    'https://app.example',
    'https://app.example/terug?taal=nl',
    'https://app.example:8443/terug',
    'http://127.0.0.1/terug',
    'http://127.0.0.1:49152/',
    'http://[::1]:8089/terug',
    'http://localhost:8089/terug',
    'be.uitpas.app:/terug',
    'be.uitpas.app://terug',
  ])('%s is taken', (uri) => {
    expect(parse(uri)).toMatchObject({ ok: true, value: { client: { redirectUris: [uri] } } })
  })

  test.each([
    'http://app.example/terug',
    'https://*.app.example/terug',
    'https://app.example/*',
    'https://app.example/terug#deel',
    'https://user@app.example/',
    'https://user:secret@app.example/',
    'https://app.example\\@evil.example/',
    'https://app.example/te rug',
    'https://localhost/terug',
    'https://127.0.0.1:1/terug',
    'http://127.0.0.1.evil.example/',
    'http://localhost@evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'uitpas:/terug',
    'file:///etc/passwd',
    '//app.example/terug',
    '/terug',
    '',
  ])('"%s" is not', (uri) => {
    expect(parse(uri).ok).toBe(false)
  })

  test('each stands once, and at most twenty', () => {
    const twice = parseClient({ id: 'app', name: 'App', redirectUris: ['https://a.example/', 'https://a.example/'] }, undefined)
    expect(twice).toMatchObject({ value: { client: { redirectUris: ['https://a.example/'] } } })
    const many = Array.from({ length: 21 }, (_, n) => `https://a.example/${n}`)
    expect(parseClient({ id: 'app', name: 'App', redirectUris: many }, undefined).ok).toBe(false)
  })
})
