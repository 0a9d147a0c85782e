// `balai`: everything an operator does, with words for people and exit codes for scripts.
import { runCommand } from './cli/program.ts'
import { note } from './cli/terminal.ts'
import { readConfig } from './config.ts'
import { openHouse, type OpenHouse } from './open-house.ts'

/** Opens the installation for one command and closes it again, whatever happens. */
async function open<T>(work: (house: OpenHouse) => Promise<T>): Promise<T> {
  const house = await openHouse(readConfig(), { tell: note })
  try {
    return await work(house)
  } finally {
    await house.close()
  }
}

// Whatever is still open (a pool's timer, a listener) must not keep a finished command alive.
process.exit(await runCommand(open, process.argv.slice(2)))
