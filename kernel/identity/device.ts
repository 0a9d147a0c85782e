// Which device a session is on, in words a person recognises: "Chrome di Windows", not a user agent.
import type { Words } from '#kernel/words.ts'

// Order matters: browsers name the ones they imitate, so the most particular sign comes first.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?(iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bUCBrowser\//, 'UC Browser'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

/** Browser and system of a user agent, in both languages. */
export function deviceOf(userAgent: string | null): Words {
  const agent = userAgent ?? ''
  const browser = BROWSERS.find(([sign]) => sign.test(agent))?.[1]
  const system = SYSTEMS.find(([sign]) => sign.test(agent))?.[1]
  if (browser && system) return { id: `${browser} di ${system}`, en: `${browser} on ${system}` }
  const known = browser ?? system
  return known ? { id: known, en: known } : { id: 'Perangkat lain', en: 'Another device' }
}
