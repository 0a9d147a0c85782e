// A list that loads, a list with nothing in it, and the keys that work in every list.
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { at } from '../addresses.ts'
import type { ResourceFacts } from '../model.ts'
import { Bone, Empty } from '../parts/States.tsx'
import { useCommunity } from '../tenant.tsx'
import { useSay } from '../words.tsx'
import { isFiltered, type ListState } from './state.ts'

export function ListBones({ columns, phone }: { columns: number; phone: boolean }) {
  const say = useSay()
  return (
    <div className="list-bones" aria-busy="true">
      <span className="unseen">{say({ id: 'Memuat…', en: 'Loading…' })}</span>
      {Array.from({ length: phone ? 7 : 14 }, (_, line) => (
        <div key={line} aria-hidden className={phone ? 'bone-card' : 'bone-line'}>
          {Array.from({ length: phone ? 2 : columns }, (_, cell) => (
            <Bone key={cell} width={`${45 + ((line * 13 + cell * 29) % 40)}%`} />
          ))}
        </div>
      ))}
    </div>
  )
}

export function ListEmpty({ resource, state, may }: { resource: ResourceFacts; state: ListState; may: readonly string[] }) {
  const say = useSay()
  const { code } = useCommunity()
  const one = say(resource.label.one).toLowerCase()
  const many = say(resource.label.many).toLowerCase()
  if (isFiltered(state.search))
    return (
      <Empty
        icon="search"
        title={say({ id: 'Tidak ada yang cocok', en: 'Nothing matches' })}
        actions={
          <Button variant="default" onClick={() => state.replace({})}>
            {say({ id: 'Hapus semua saringan', en: 'Clear all filters' })}
          </Button>
        }
      >
        {state.search['q']
          ? say(
              {
                id: 'Tidak ada {many} untuk “{q}” dengan saringan ini. Cukup sebagian nama; nomor harus lengkap.',
                en: 'No {many} for “{q}” with these filters. Part of a name is enough; numbers must be whole.',
              },
              { many, q: state.search['q'] },
            )
          : say({ id: 'Longgarkan salah satu saringan di atas.', en: 'Loosen one of the filters above.' })}
      </Empty>
    )
  const create = may.includes('create')
  const importing = may.includes('import') && resource.importers.length > 0
  return (
    <Empty
      icon="book"
      title={say({ id: 'Belum ada {many}', en: 'No {many} yet' }, { many })}
      actions={
        importing ? (
          <>
            <Button component={Link} to={at.imports(code)}>
              {say({ id: 'Impor dari lembar kerja', en: 'Import from a workbook' })}
            </Button>
            {create && (
              <Button component={Link} to={at.create(code, resource.name)} variant="subtle">
                {say({ id: 'atau tambah satu per satu', en: 'or add them one by one' })}
              </Button>
            )}
          </>
        ) : create ? (
          <Button component={Link} to={at.create(code, resource.name)}>
            {say({ id: 'Tambah {one}', en: 'Add {one}' }, { one })}
          </Button>
        ) : undefined
      }
    >
      {create
        ? say({ id: 'Yang Anda tambahkan akan tampil di sini.', en: 'What you add appears here.' })
        : say({ id: 'Begitu ada, akan tampil di sini.', en: 'As soon as there are some, they appear here.' })}
    </Empty>
  )
}

export function Shortcuts() {
  const say = useSay()
  const keys = [
    ['j', 'k', { id: 'Turun, naik', en: 'Down, up' }],
    ['Enter', '', { id: 'Buka', en: 'Open' }],
    ['e', '', { id: 'Ubah', en: 'Edit' }],
    ['x', '', { id: 'Pilih', en: 'Select' }],
    ['n', '', { id: 'Tambah baru', en: 'Add a new one' }],
    ['/', '', { id: 'Cari di daftar ini', en: 'Search this list' }],
    ['Ctrl', 'K', { id: 'Cari di mana saja', en: 'Find anything' }],
    ['Esc', '', { id: 'Batal pilih', en: 'Clear the selection' }],
  ] as const
  return (
    <dl className="shortcuts">
      {keys.map(([first, second, words]) => (
        <div key={first}>
          <dt>
            <kbd>{first}</kbd> {second && <kbd>{second}</kbd>}
          </dt>
          <dd>{say(words)}</dd>
        </div>
      ))}
    </dl>
  )
}
