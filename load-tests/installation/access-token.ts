/** Access token of an API client, by the official way. @throws {Error} with what the issuer said instead */
export async function accessToken(api: string, credentials: { readonly id: string; readonly secret: string }): Promise<string> {
  const response = await fetch(`${api}/realms/uitid/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.id,
      client_secret: credentials.secret,
    }),
  })
  const answer: unknown = await response.json()
  const token = typeof answer === 'object' && answer !== null && 'access_token' in answer ? answer.access_token : undefined
  if (typeof token !== 'string') throw new Error(`No access token: ${response.status} ${JSON.stringify(answer)}`)
  return token
}
