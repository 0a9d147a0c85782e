// What people read when they look where they are signed in.
import { expect, it } from 'vitest'
import { deviceOf } from './device.ts'

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

it.each([
  [`${WINDOWS} Chrome/140.0.0.0 Safari/537.36`, 'Chrome di Windows'],
  [`${WINDOWS} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`, 'Edge di Windows'],
  ['Mozilla/5.0 (Linux; Android 14; SM-A155F) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36', 'Samsung Internet di Android'],
  [`${IPHONE} Version/18.0 Mobile/15E148 Safari/604.1`, 'Safari di iPhone'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox di Mac'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 OPR/120.0', 'Opera di Linux'],
  ['curl/8.5.0', 'curl'],
  ['', 'Perangkat lain'],
])('%s', (agent, words) => expect(deviceOf(agent).id).toBe(words))

it('speaks English too, and knows nothing of nothing', () => {
  expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0').en).toBe('Firefox on Linux')
  expect(deviceOf(null).en).toBe('Another device')
})
