/** Stand-in for `k6/data`: what is shared between devices is a list of its own here. */
export class SharedArray<Value> extends Array<Value> {
  constructor(_name: string, make: () => Value[]) {
    super()
    this.push(...make())
  }
}
