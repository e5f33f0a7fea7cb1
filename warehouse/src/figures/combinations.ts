/** Every way to take one of each list, the first list slowest; of no lists there is one, the empty way. */
export function combinations(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (lists.every(({ length }) => length === 1)) return [lists.map(([member = '']) => member)]
  return lists.reduce<readonly (readonly string[])[]>(
    (tuples, list) => tuples.flatMap((tuple) => list.map((member) => [...tuple, member])),
    [[]],
  )
}
