/** Stand-in for `k6/execution`: the turn is what the test says. */
const execution = { scenario: { iterationInTest: 0 }, vu: { idInTest: 1 } }

// biome-ignore lint/style/noDefaultExport: the shape of k6/execution
export default execution
