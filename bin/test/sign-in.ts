import { Browser, type Credentials, type SignInOptions, signIn } from '../simulate/sign-in.ts'

/** Signs somebody in as an app does; the claims of the ID token. */
export async function claimsOfSignedIn(options: SignInOptions): Promise<Record<string, unknown>> {
  const [, claims = ''] = (await signIn(options)).idToken.split('.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8') || '{}')
}

/** Signs somebody in at the dashboard, as its link does, and opens a page of it; the page's text. */
export async function pageOfSignedIn(dashboard: string, path: string, credentials: Credentials): Promise<string> {
  const browser = await signedIn(dashboard, path, credentials)
  return await (await browser.open(`${dashboard}${path}`)).text()
}

/** The browser of somebody who signed in at the dashboard on the way to a page, and was led there. */
export async function signedIn(dashboard: string, path: string, credentials: Credentials): Promise<Browser> {
  const browser = new Browser()
  const issuer = await browser.next(`${dashboard}/aanmelden?${new URLSearchParams({ naar: path })}`)
  const page = await browser.next(await browser.throughIssuer(issuer, credentials))
  if (page !== `${dashboard}${path}`) throw new Error(`The sign-in led to ${page}`)
  return browser
}
