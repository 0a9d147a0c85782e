// A file in memory, shown or opened: its address is given back when it is no longer needed.
import { useEffect, useState } from 'react'

/** An address for a file in memory, given back when it is no longer shown. */
export function useAddress(file: Blob | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!file) return
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return address
}
