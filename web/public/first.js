// Runs before the first paint, as a file because the page allows no inline script: chosen look and language, no flash.
;(function () {
  var root = document.documentElement
  var kept = {}
  try {
    kept = { look: localStorage.getItem('balai.look'), locale: localStorage.getItem('balai.locale') }
  } catch {
    // Storage may be forbidden; the defaults do.
  }
  var dark = kept.look === 'dark' || (kept.look !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  root.lang = kept.locale || (/^id/.test(navigator.language) ? 'id' : 'en')
})()
