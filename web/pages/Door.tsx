// The door: what stands around every page that needs no community. The language, the mark, a title, and one thing to do.
import './sign-in.css'
import { useEffect, type ReactNode } from 'react'
import { Mark } from '../parts/Icon.tsx'
import { useLanguage, useSay } from '../words.tsx'

export function Door({ title, under, children }: { title: string; under?: ReactNode; children: ReactNode }) {
  const say = useSay()
  const language = useLanguage()
  useEffect(() => {
    document.title = `${title} · Balai`
  }, [title])
  return (
    <div className="gate">
      <header className="gate-top">
        <div className="row" role="group" aria-label={say({ id: 'Bahasa', en: 'Language' })}>
          {(['id', 'en'] as const).map((locale) => (
            <button
              key={locale}
              type="button"
              className="plain gate-language"
              lang={locale}
              aria-pressed={language.locale === locale}
              onClick={() => language.choose(locale)}
            >
              {locale === 'id' ? 'Bahasa Indonesia' : 'English'}
            </button>
          ))}
        </div>
      </header>
      <main className="gate-door">
        <span className="gate-mark">
          <Mark size={52} />
        </span>
        <h1>{title}</h1>
        {under && <p className="soft">{under}</p>}
        {children}
      </main>
    </div>
  )
}
