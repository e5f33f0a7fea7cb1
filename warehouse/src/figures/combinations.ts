/** Every way to take one of each list, the first list slowest; of no lists there is one, the empty way. */
export function combinations(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (tuples, list) => tuples.flatMap((tuple) => list.map((member) => [...tuple, member])),
    [[]],
  )
}
