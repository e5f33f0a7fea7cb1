/** What scenarios use of the console of k6; its types leave it out. */
declare const console: { log(text: string): void }
