// The buttons above the words: marks, alignment, lists, tables; and placeholders found by what they are called.
import { ActionIcon, Button, Menu, Select } from '@mantine/core'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { useState } from 'react'
import type { Words } from '#kernel/words.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { useSay } from '#web/words.tsx'
import type { codesOf } from '../../template/catalogue.ts'
import { type Case, inCase } from '../../template/case.ts'
import { MODIFIERS, partsOf } from '../../template/placeholders.ts'

type Codes = ReturnType<typeof codesOf>
const w = (id: string, en: string): Words => ({ id, en })

const CASES: Readonly<Record<Case, Words>> = {
  as_is: w('Seperti tersimpan', 'As stored'),
  title: w('Huruf Besar di Awal Kata', 'Each Word Begins Large'),
  upper: w('HURUF BESAR SEMUA', 'ALL LARGE'),
  lower: w('huruf kecil semua', 'all small'),
}

export function Toolbar({ editor, codes }: { editor: Editor; codes: Codes }) {
  const say = useSay()
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      underline: now.isActive('underline'),
      table: now.isActive('table'),
      align: (['center', 'right', 'justify'] as const).find((align) => now.isActive({ textAlign: align })) ?? 'left',
      code: now.isActive('placeholder') ? String(now.getAttributes('placeholder')['code'] ?? '') : '',
    }),
  })
  const act = () => editor.chain().focus()
  const mark = (label: Words, letter: string, active: boolean, run: () => void) => (
    <ActionIcon variant={active ? 'filled' : 'default'} size={36} aria-label={say(label)} aria-pressed={active} onClick={run}>
      <span className={`letter-mark letter-mark-${letter}`}>{letter}</span>
    </ActionIcon>
  )
  return (
    <div className="letter-tools" role="toolbar" aria-label={say(w('Alat tulis', 'Writing tools'))}>
      {mark(w('Tebal', 'Bold'), 'B', on.bold, () => act().toggleBold().run())}
      {mark(w('Miring', 'Italic'), 'I', on.italic, () => act().toggleItalic().run())}
      {mark(w('Garis bawah', 'Underline'), 'U', on.underline, () => act().toggleUnderline().run())}
      <Choices label={w('Paragraf', 'Paragraph')}>
        {([1, 2, 3] as const).map((level) => (
          <Menu.Item key={level} onClick={() => act().toggleHeading({ level }).run()}>
            {say(w(`Judul ${level}`, `Heading ${level}`))}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => act().setParagraph().run()}>{say(w('Teks biasa', 'Plain text'))}</Menu.Item>
        <Menu.Divider />
        {(['left', 'center', 'right', 'justify'] as const).map((align) => (
          <Menu.Item key={align} onClick={() => (align === 'left' ? act().unsetTextAlign() : act().setTextAlign(align)).run()}>
            {say(
              {
                left: w('Rata kiri-kanan biasa', 'As the letter'),
                center: w('Tengah', 'Centred'),
                right: w('Kanan', 'Right'),
                justify: w('Rata dua sisi', 'Justified'),
              }[align],
            )}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          onClick={() =>
            act()
              .updateAttributes('paragraph', { indent: editor.getAttributes('paragraph')['indent'] ? 0 : 1 })
              .run()
          }
        >
          {say(w('Menjorok di baris pertama', 'Indent the first line'))}
        </Menu.Item>
      </Choices>
      <Choices label={w('Daftar', 'List')}>
        <Menu.Item onClick={() => act().toggleOrderedList().run()}>{say(w('Bernomor', 'Numbered'))}</Menu.Item>
        <Menu.Item onClick={() => act().toggleBulletList().run()}>{say(w('Berbutir', 'With bullets'))}</Menu.Item>
        <Menu.Item onClick={() => act().setHorizontalRule().run()}>{say(w('Garis mendatar', 'Horizontal line'))}</Menu.Item>
      </Choices>
      <Choices label={w('Tabel', 'Table')}>
        <Menu.Item onClick={() => act().insertContent(identity()).run()}>
          {say(w('Tabel identitas (Nama : …)', 'Identity table (Nama : …)'))}
        </Menu.Item>
        <Menu.Item
          onClick={() => act().insertTable({ rows: 2, cols: 3, withHeaderRow: true }).updateAttributes('table', { border: true }).run()}
        >
          {say(w('Tabel bergaris', 'Ruled table'))}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item disabled={!on.table} onClick={() => act().addRowAfter().run()}>
          {say(w('Tambah baris', 'Add a row'))}
        </Menu.Item>
        <Menu.Item disabled={!on.table} onClick={() => act().deleteRow().run()}>
          {say(w('Hapus baris', 'Delete the row'))}
        </Menu.Item>
        <Menu.Item disabled={!on.table} onClick={() => act().addColumnAfter().run()}>
          {say(w('Tambah kolom', 'Add a column'))}
        </Menu.Item>
        <Menu.Item disabled={!on.table} onClick={() => act().deleteColumn().run()}>
          {say(w('Hapus kolom', 'Delete the column'))}
        </Menu.Item>
        <Menu.Item disabled={!on.table} onClick={() => act().mergeOrSplit().run()}>
          {say(w('Gabung atau pisah sel', 'Merge or split cells'))}
        </Menu.Item>
        <Menu.Item
          disabled={!on.table}
          onClick={() =>
            act()
              .updateAttributes('table', { border: !editor.getAttributes('table')['border'] })
              .run()
          }
        >
          {say(w('Dengan atau tanpa garis', 'With or without lines'))}
        </Menu.Item>
        <Menu.Item disabled={!on.table} color="harm" onClick={() => act().deleteTable().run()}>
          {say(w('Hapus tabel', 'Delete the table'))}
        </Menu.Item>
      </Choices>
      <ActionIcon variant="default" size={36} aria-label={say(w('Urungkan', 'Undo'))} onClick={() => act().undo().run()}>
        <Icon name="undo" size={16} />
      </ActionIcon>
      <Finder
        codes={codes}
        insert={(code) =>
          act()
            .insertContent([
              { type: 'placeholder', attrs: { code: `[${inCase(code, 'as_is')}]` } },
              { type: 'text', text: ' ' },
            ])
            .run()
        }
      />
      {on.code && <Way code={on.code} change={(code) => act().updateAttributes('placeholder', { code }).run()} />}
    </div>
  )
}

function Choices({ label, children }: { label: Words; children: React.ReactNode }) {
  const say = useSay()
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="compact-md" rightSection={<Icon name="down" size={14} />}>
          {say(label)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}

/** Placeholders by name. Choosing one puts it where the cursor was. */
function Finder({ codes, insert }: { codes: Codes; insert: (code: string) => void }) {
  const say = useSay()
  const [typed, setTyped] = useState('')
  const groups = new Map<string, { value: string; label: string }[]>()
  for (const { code, label, group } of codes)
    groups.set(say(group), [...(groups.get(say(group)) ?? []), { value: code, label: say(label) }])
  return (
    <Select
      className="letter-finder"
      aria-label={say(w('Sisipkan isian', 'Insert a placeholder'))}
      placeholder={say(w('Sisipkan isian: nama, NIK, tanggal …', 'Insert: name, NIK, date …'))}
      searchable
      value={null}
      searchValue={typed}
      onSearchChange={setTyped}
      limit={80}
      nothingFoundMessage={say(w('Tidak ada yang cocok', 'Nothing matches'))}
      data={[...groups].map(([group, items]) => ({ group, items }))}
      onChange={(code) => {
        setTyped('')
        if (code) insert(code)
      }}
    />
  )
}

/** How the chosen placeholder is written: its letters, and numbers and days in words. */
function Way({ code, change }: { code: string; change: (code: string) => void }) {
  const say = useSay()
  const [part] = partsOf(code)
  if (part?.kind !== 'code') return null
  const put = (form: Case, modifier: string | null): void => change(`[${inCase(part.code, form)}${modifier ? `|${modifier}` : ''}]`)
  return (
    <div className="letter-way">
      <Select
        aria-label={say(w('Huruf', 'Letters'))}
        allowDeselect={false}
        value={part.form}
        data={Object.entries(CASES).map(([value, label]) => ({ value, label: say(label) }))}
        onChange={(form) => form && put(form as Case, part.modifier)}
      />
      <Select
        aria-label={say(w('Cara menulis', 'Way of writing'))}
        placeholder={say(w('Ditulis biasa', 'Written plainly'))}
        clearable
        clearButtonProps={{ 'aria-label': say(w('Ditulis biasa', 'Written plainly')) }}
        value={part.modifier}
        data={Object.entries(MODIFIERS).map(([value, label]) => ({ value, label: say(label) }))}
        onChange={(modifier) => put(part.form, modifier)}
      />
    </div>
  )
}

/** Three columns whose middle is a colon: how letters say who somebody is. */
const identity = () => {
  const cell = (content: object[]) => ({ type: 'tableCell', content: [{ type: 'paragraph', content }] })
  const row = (label: string, code: string) => ({
    type: 'tableRow',
    content: [cell([{ type: 'text', text: label }]), cell([{ type: 'text', text: ':' }]), cell([{ type: 'placeholder', attrs: { code } }])],
  })
  return { type: 'table', content: [row('Nama lengkap', '[NAma]'), row('NIK', '[NiK]'), row('Alamat', '[AlamaT]')] }
}
