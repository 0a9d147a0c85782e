// The words of a letter, edited as they will look: text, tables, and placeholders chosen by name.
import '../letters.css'
import { EditorContent, useEditor } from '@tiptap/react'
import { useEffect, useMemo, useRef } from 'react'
import type { OwnInputProps } from '#web/screens.ts'
import { useSay } from '#web/words.tsx'
import { codesOf } from '../../template/catalogue.ts'
import { checkDefinition } from '../../template/definition.ts'
import { labelChips } from './chips.ts'
import { fromEditor, toEditor } from './html.ts'
import { extensions } from './schema.ts'
import { Toolbar } from './Toolbar.tsx'

export function Words({ name, field, value, valueOf, error, set }: OwnInputProps) {
  const say = useSay()
  const html = typeof value === 'string' ? value : ''
  // What this editor itself last said: only what comes from elsewhere is read in again.
  const said = useRef(html)
  const [variables, subjects] = [valueOf('variables'), valueOf('subjects')]
  const codes = useMemo(() => codesOf(checkDefinition(variables ?? [], subjects ?? []).definition), [variables, subjects])
  const labels = useMemo(() => new Map(codes.map((one) => [one.code, one.label])), [codes])
  const editor = useEditor({
    extensions,
    content: toEditor(html),
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': `label-${name}`,
        class: 'letter-words',
        id: `field-${name}`,
        ...(error ? { 'aria-invalid': 'true' } : {}),
      },
    },
    onUpdate({ editor: now }) {
      said.current = now.isEmpty ? '' : fromEditor(now.getJSON())
      set(said.current || null)
    },
  })
  useEffect(() => {
    if (!editor || html === said.current) return
    said.current = html
    editor.commands.setContent(toEditor(html), { emitUpdate: false })
  }, [editor, html])
  useEffect(() => {
    if (!editor) return
    // Before it stands on the page there is nothing to label. Both events say that it does: one of them may have been before.
    let stands = editor.isInitialized
    const label = (): void => {
      if (stands) labelChips(editor.view.dom, labels, say)
    }
    const standing = (): void => {
      stands = true
      label()
    }
    label()
    editor.on('mount', standing)
    editor.on('create', standing)
    editor.on('transaction', label)
    return () => {
      editor.off('mount', standing)
      editor.off('create', standing)
      editor.off('transaction', label)
    }
  }, [editor, labels, say])
  if (!editor) return null
  return (
    <div className="letter-editor" data-broken={error ? true : undefined}>
      <span id={`label-${name}`} className="mantine-InputWrapper-label">
        {say(field.label)}
        {field.required && <span aria-hidden> *</span>}
      </span>
      {field.help && <p className="quiet small">{say(field.help)}</p>}
      <Toolbar editor={editor} codes={codes} />
      <EditorContent editor={editor} />
      {error && (
        <p role="alert" className="letter-error">
          {error}
        </p>
      )}
    </div>
  )
}
