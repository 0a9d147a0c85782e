// A hand that sends one message after another, and sleeps when there is none.

/** Looks by itself this often, in milliseconds: for messages of other processes and further attempts. Embedded, all messages are our own. */
const POLL = { embedded: 15_000, server: 2_000 }
/** A message is queued before its transaction commits: look again a little later, and once more. */
const AFTER_NUDGE = [30, 300, 1_500]
/** How long stopping waits for a message that is under way, in milliseconds; longer than any adapter takes is not worth it. */
const PATIENCE = 10_000

export type Sender = { nudge(): void; stop(): Promise<void> }

/** `sendNext` answers whether there was one to send. `complain` hears the code of a trouble that was not the message's. */
export function startSender(sendNext: () => Promise<boolean>, kind: 'embedded' | 'server', complain: (code: string) => void): Sender {
  let stopped = false
  let wake: () => void = () => {}
  let looks: number[] = []

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function loop(): Promise<void> {
    let trouble = 0
    while (!stopped) {
      try {
        if (await sendNext()) continue
        trouble = 0
        await sleep(looks.shift() ?? POLL[kind])
      } catch (error) {
        const { code, name } = error as { code?: string; name?: string }
        complain(code ?? name ?? 'error')
        if (!stopped) await sleep(Math.min(30_000, 1_000 * 2 ** trouble++))
      }
    }
  }

  const running = loop()
  return {
    nudge() {
      looks = [...AFTER_NUDGE]
      wake()
    },
    async stop() {
      stopped = true
      wake()
      let patience: NodeJS.Timeout | undefined
      const enough = new Promise<void>((resolve) => (patience = setTimeout(resolve, PATIENCE)))
      await Promise.race([running, enough]).finally(() => clearTimeout(patience))
    },
  }
}
