// `balai serve` and `balai worker`: run until told to stop.
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_PIN, isEmpty, isTrial, makeDemo } from '../demo.ts'
import { readConfig } from '../config.ts'
import { openHouse } from '../open-house.ts'
import { serve } from '../serve.ts'
import { line, LOCALE, note, tell } from './terminal.ts'
import { say } from '#kernel/words.ts'

/** Resolves when the process is asked to stop; a second request ends it at once. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
  })
}

export async function serveCommand(options: { demo: boolean }): Promise<void> {
  const stop = asked()
  const settings = readConfig()
  const house = await openHouse(settings, { tell: note })
  if (options.demo && (await isEmpty(house))) await makeDemo(house, note)
  if (house.outbox.page() === 'this_computer' && !(options.demo && (await isTrial(house)))) house.outbox.hide()
  let serving
  try {
    serving = await serve(house, settings.workInProcess)
  } catch (error) {
    await house.close()
    if ((error as { code?: string }).code === 'EADDRINUSE')
      throw new Error(
        say(
          {
            id: 'Porta {port} sudah dipakai program lain. Hentikan program itu, atau pilih porta lain: PORT=3001 npm start',
            en: 'Port {port} is used by another program. Stop it, or choose another port: PORT=3001 npm start',
          },
          LOCALE,
          { port: settings.port },
        ),
        { cause: error },
      )
    throw error
  }
  const address = settings.port === 0 ? `http://localhost:${serving.port}` : settings.baseUrl
  line('')
  tell({ id: 'Balai berjalan di {address}', en: 'Balai is running at {address}' }, { address })
  if (options.demo && (await house.identity.userByLogin(DEMO_ACCOUNTS[0]?.username ?? ''))) {
    tell(
      { id: 'Akun contoh (kata sandi: {password}, PIN: {pin}):', en: 'Example accounts (password: {password}, PIN: {pin}):' },
      { password: DEMO_PASSWORD, pin: DEMO_PIN },
    )
    for (const account of DEMO_ACCOUNTS) line(`  ${account.username.padEnd(10)} ${say(account.says, LOCALE)}`)
  }
  if (house.outbox.page() !== 'nobody')
    tell(
      {
        id: 'Surel dan SMS tidak dikirim; isinya tampak di {address}/app/outbox',
        en: 'Mail and SMS are not sent; see what they say at {address}/app/outbox',
      },
      { address },
    )
  tell({ id: 'Tekan Ctrl-C untuk berhenti.', en: 'Press Ctrl-C to stop.' })
  await stop
  note({ id: 'Menutup …', en: 'Closing …' })
  await serving.stop()
}

export async function workerCommand(): Promise<void> {
  const stop = asked()
  const house = await openHouse(readConfig(), { tell: note })
  await house.jobs.work()
  house.platform.work()
  house.outbox.work()
  tell({ id: 'Pekerja berjalan. Tekan Ctrl-C untuk berhenti.', en: 'The worker is running. Press Ctrl-C to stop.' })
  await stop
  await house.close()
}
