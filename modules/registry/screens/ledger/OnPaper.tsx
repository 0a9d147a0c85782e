// What the browser's own printing needs: wide tables lie on the long side, and paper says whose it is.
import { useCommunity } from '#web/tenant.tsx'

// As a style while the page is shown: a named page in the style sheet would leave blank sheets before and after it.
const LANDSCAPE = '@page { size: A4 landscape; margin: 12mm }'

export function OnPaper() {
  const { model } = useCommunity()
  return (
    <>
      <style>{LANDSCAPE}</style>
      <p className="only-print ledger-whose">{model.tenant.name}</p>
    </>
  )
}
