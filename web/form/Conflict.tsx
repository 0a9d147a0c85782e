// Somebody else saved first: both versions side by side, and the person chooses field by field.
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ResourceFacts, RowJson } from '../model.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { textOf, useTools } from '../parts/Value.tsx'
import { sameValue, type Values } from './state.ts'

type Props = {
  resource: ResourceFacts
  base: RowJson
  theirs: RowJson
  mine: Values
  titles: Readonly<Record<string, string | null>>
  busy: boolean
  close: () => void
  /** What remains mine after choosing; empty when the other version is taken whole. */
  choose: (kept: Values) => void
}

export function Conflict({ resource, base, theirs, mine, titles, busy, close, choose }: Props) {
  const tools = useTools()
  const { say } = tools
  const [picked, setPicked] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({})
  const changedThere = Object.keys(resource.fields).filter((name) => !sameValue(base[name], theirs[name]))
  const both = Object.keys(mine).filter((name) => changedThere.includes(name) && !sameValue(mine[name], theirs[name]))
  const onlyMine = Object.keys(mine).filter((name) => !both.includes(name) && !sameValue(mine[name], theirs[name]))
  const onlyTheirs = changedThere.filter((name) => !(name in mine))
  const label = (name: string): string => say(resource.fields[name]?.label)
  const show = (name: string, value: unknown, title: string | null | undefined): string =>
    textOf(resource.fields[name], value, tools, title) || say({ id: '(kosong)', en: '(empty)' })
  const pick = (name: string) => picked[name] ?? 'mine'
  const finish = (): void =>
    choose(Object.fromEntries(Object.entries(mine).filter(([name]) => !both.includes(name) || pick(name) === 'mine')))
  return (
    <Dialog
      opened
      onClose={close}
      size={720}
      title={say({ id: 'Data ini baru saja diubah orang lain', en: 'Somebody else has just changed this' })}
    >
      <p>
        {both.length
          ? say({
              id: 'Pilih isian mana yang berlaku. Perubahan lain digabungkan.',
              en: 'Choose which value holds. The other changes are joined.',
            })
          : say({ id: 'Perubahan Anda tidak bertabrakan dan dapat digabungkan.', en: 'Your changes do not collide and can be joined.' })}
      </p>
      <table className="versions">
        <thead>
          <tr>
            <th scope="col">{say({ id: 'Isian', en: 'Field' })}</th>
            <th scope="col">{say({ id: 'Dari Anda', en: 'Yours' })}</th>
            <th scope="col">{say({ id: 'Tersimpan sekarang', en: 'Saved now' })}</th>
          </tr>
        </thead>
        <tbody>
          {both.map((name) => (
            <tr key={name}>
              <th scope="row">{label(name)}</th>
              {(['mine', 'theirs'] as const).map((side) => (
                <td key={side}>
                  <label>
                    <input
                      type="radio"
                      name={`pick-${name}`}
                      checked={pick(name) === side}
                      onChange={() => setPicked({ ...picked, [name]: side })}
                    />
                    {side === 'mine' ? show(name, mine[name], titles[name]) : show(name, theirs[name], theirs.titles?.[name])}
                  </label>
                </td>
              ))}
            </tr>
          ))}
          {[...onlyMine, ...onlyTheirs].map((name) => (
            <tr key={name}>
              <th scope="row">{label(name)}</th>
              <td>{onlyMine.includes(name) ? show(name, mine[name], titles[name]) : <span className="quiet">–</span>}</td>
              <td>
                {onlyMine.includes(name) ? (
                  <span className="quiet">{show(name, theirs[name], theirs.titles?.[name])}</span>
                ) : (
                  show(name, theirs[name], theirs.titles?.[name])
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        <Button loading={busy} onClick={finish}>
          {say({ id: 'Simpan pilihan ini', en: 'Save this choice' })}
        </Button>
        <Button variant="default" onClick={() => choose({})}>
          {say({ id: 'Pakai yang tersimpan', en: 'Take what is saved' })}
        </Button>
        <Button variant="subtle" color="gray" onClick={close}>
          {say({ id: 'Kembali ke formulir', en: 'Back to the form' })}
        </Button>
      </div>
    </Dialog>
  )
}
