import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requireInstallation, requireRunning } from '../data-folder.ts'

describe('a command about an installation', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'zuil-folder-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('says that there is none instead of making one', async () => {
    await expect(requireInstallation(join(folder, 'nowhere'))).rejects.toThrow('start one first (npm start)')
    await expect(requireInstallation(folder)).rejects.toThrow('There is no installation')
    mkdirSync(join(folder, 'archive'))
    await expect(requireInstallation(folder)).resolves.toBeUndefined()
  })

  test('says how to mean the demo that runs in its folder', async () => {
    await expect(requireRunning(folder)).rejects.toThrow(/\(npm start\)\.$/)
    mkdirSync(join(folder, 'demo'))
    // a process that lives until its input ends, and that one of ours could be
    const demo = spawn(process.execPath, ['-e', 'process.stdin.resume()', 'zuil.ts'])
    writeFileSync(join(folder, 'demo', 'zuil.pid'), String(demo.pid))
    await expect(requireRunning(folder)).rejects.toThrow('demo before the command')
    await expect(requireInstallation(folder)).rejects.toThrow('A demo runs: put ZUIL_DATA=')
    demo.stdin.end()
    await once(demo, 'exit')
  })
})
