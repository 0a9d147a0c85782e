// A table that scrolls sideways on a small screen, its first column staying in view; reachable and nameable by keyboard and ear.
import type { ReactNode } from 'react'

export function Scrolling({ label, children, className = '' }: { label: string; children: ReactNode; className?: string }) {
  return (
    <div className={`ledger-scroll ${className}`} tabIndex={0} role="region" aria-label={label}>
      <table className="ledger-table">{children}</table>
    </div>
  )
}
