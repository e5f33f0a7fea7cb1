import { createHash } from 'node:crypto'
import { type Language, SIGN_IN_TEXTS, type SignInFault } from './sign-in-texts.ts'

export interface SignInView {
  readonly language: Language
  /** Name of the app that somebody signs in for. */
  readonly app: string
  /** Proves that the form came from this page. */
  readonly proof: string
  /** What was typed before. */
  readonly email: string
  readonly fault?: SignInFault
}

const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#f4f6f8;color:#1c2733;font:1rem/1.5 system-ui,sans-serif}
main{max-width:26rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:.75rem;border:1px solid #d5dce3}
h1{margin:0 0 .5rem;font-size:1.5rem}
label{display:block;margin-top:1rem;font-weight:600}
input{width:100%;margin-top:.25rem;padding:.6rem .75rem;font:inherit;color:inherit;border:1px solid #6b7a89;border-radius:.375rem}
button{padding:.65rem 1.25rem;font:inherit;font-weight:600;border-radius:.375rem;border:1px solid #17497d;cursor:pointer}
.main{color:#fff;background:#17497d}
.other{color:#17497d;background:#fff}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
.fault{margin:1rem 0 0;padding:.75rem;color:#7a1420;background:#fdecee;border-left:.25rem solid #b3202f}
:focus-visible{outline:3px solid #e08a00;outline-offset:2px}
`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** The form, without a line of script. */
export function signInPage({ language, app, proof, email, fault }: SignInView): string {
  const texts = SIGN_IN_TEXTS[language]
  const alert = fault ? `<p class="fault" role="alert" id="fault">${texts.faults[fault]}</p>` : ''
  const described = fault ? ' aria-describedby="fault"' : ''
  return document(
    { language, title: texts.title },
    `<p>${escaped(texts.lead(app))}</p>${alert}
<form method="post">
<input type="hidden" name="proof" value="${escaped(proof)}">
<label for="email">${texts.email}</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="254" value="${escaped(email)}"${described}>
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200"${described}>
<div class="buttons">
<button class="main" name="action" value="sign-in">${texts.submit}</button>
<button class="other" name="action" value="cancel" formnovalidate>${texts.cancel}</button>
</div>
</form>`,
  )
}

/** For who cannot be sent back: nothing of the request is shown, because anybody may have written it. */
export function signInOverPage(language: Language): string {
  const texts = SIGN_IN_TEXTS[language]
  return document({ language, title: texts.overTitle }, `<p>${texts.over}</p>`)
}

/**
 * Header fields of the pages: kept by nobody, framed by nobody, no script. A browser follows the form's redirect only to
 * what `form-action` names, so that the app is in it.
 * @param redirectUri where the app waits; empty on a page without a form
 */
export function signInHeaders(redirectUri: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    redirectUri === '' ? "form-action 'none'" : `form-action 'self' ${sourceOf(redirectUri)}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}

/** The registry takes addresses without blanks, quotes of a policy or semicolons before the path only. */
function sourceOf(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri)
  return origin === 'null' ? protocol : origin
}

function document({ language, title }: { readonly language: Language; readonly title: string }, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · UiTPAS</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
