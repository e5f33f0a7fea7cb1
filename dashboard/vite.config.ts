import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

/**
 * SvelteKit's hidden route announcer carries an inline style (sveltejs/kit#11993). This is the hash of exactly that
 * attribute, so that `style-src` can stay closed for everything else.
 */
const ANNOUNCER_STYLE = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ out: 'build', precompress: true }),
      // Fixed, so that two builds of the same sources are the same bytes; file names carry content hashes anyway.
      version: { name: 'zuil-0.1.0', pollInterval: 0 },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self', 'unsafe-hashes', ANNOUNCER_STYLE],
          // blob: a drawing that the page turns into a picture; only its own scripts can make one.
          'img-src': ['self', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
})
