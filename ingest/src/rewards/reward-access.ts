import type { ApiClient, Permission, Reward } from '@zuil/core'
import { mayForOrganizer } from '../access.ts'

/**
 * The organizer for which the client does something with a reward: the first that gave it the permission, among those where
 * the reward can be had (none named: anywhere). Undefined: the client may not.
 */
export function organizerFor(
  client: ApiClient,
  permission: Permission,
  { organizers }: Pick<Reward, 'organizers'>,
): string | undefined {
  if (organizers.length > 0) return organizers.find((organizer) => mayForOrganizer(client, permission, organizer))
  return client.grants.find((grant) => grant.permissions.includes(permission))?.organizer
}
