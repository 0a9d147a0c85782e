// One section of my account: its heading, and what was asked about it once it is there.
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Bone, Trouble } from '../../parts/States.tsx'

type Props<Data> = { id: string; title: string; asked: UseQueryResult<Data>; children: (data: Data) => ReactNode }

export function Section<Data>({ id, title, asked, children }: Props<Data>) {
  return (
    <section className="account" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {asked.data !== undefined ? (
        children(asked.data)
      ) : asked.error ? (
        <Trouble error={asked.error} retry={() => void asked.refetch()} />
      ) : (
        <Bone height="3rem" />
      )}
    </section>
  )
}
