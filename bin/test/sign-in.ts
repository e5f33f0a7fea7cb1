import { Browser, type Credentials, type SignInOptions, signIn } from '../simulate/sign-in.ts'

/** Signs somebody in as an app does; the claims of the ID token. */
export async function claimsOfSignedIn(options: SignInOptions): Promise<Record<string, unknown>> {
  const [, claims = ''] = (await signIn(options)).idToken.split('.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8') || '{}')
}

/** Signs somebody in at the dashboard, as its link does, and opens a page of it; the page's text. */
export async function pageOfSignedIn(dashboard: string, path: string, credentials: Credentials): Promise<string> {
  const browser = new Browser()
  const issuer = await browser.next(`${dashboard}/aanmelden?${new URLSearchParams({ naar: path })}`)
  const page = await browser.next(await browser.throughIssuer(issuer, credentials))
  return await (await browser.open(page)).text()
}
