import { useEffect, useRef, useSyncExternalStore } from 'react'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { useTexts } from '../texts/language.tsx'

const SHOWN_MS = 8000 // long enough to be read; whoever points at it or has the focus in it, keeps it

interface Notice {
  id: number
  text: string
  look: 'good' | 'bad'
}

let notices: readonly Notice[] = []
let made = 0
const listeners = new Set<() => void>()

/** Tells that something was done, or could not be, wherever the reader is by now. */
export function notify(text: string, look: Notice['look'] = 'good'): void {
  // Good news give way to the next; bad ones stay until they are dismissed.
  set([...notices.filter(notice => notice.look === 'bad' && notice.text !== text), { id: ++made, text, look }])
}

/** The corner of the page with what was told lately. It is there from the start, so that screen readers listen to it. */
export function Notices() {
  const shown = useSyncExternalStore(subscribe, () => notices)
  return (
    <div className="notices" role="status">
      {shown.map(notice => (
        <NoticeBox key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeBox({ notice: { id, text, look } }: { notice: Notice }) {
  const texts = useTexts()
  const box = useRef<HTMLDivElement>(null)
  const dismiss = () => set(notices.filter(notice => notice.id !== id))
  useEffect(() => {
    if (look === 'bad') return // stays until it is dismissed
    const timer = setInterval(() => {
      if (!box.current?.matches(':hover, :focus-within')) set(notices.filter(notice => notice.id !== id))
    }, SHOWN_MS)
    return () => clearInterval(timer)
  }, [id, look])
  return (
    <div className="notice" data-look={look} ref={box}>
      <Icon name={look} />
      <p>{text}</p>
      <Button look="icon" aria-label={texts.dismiss} onPress={dismiss}>
        <Icon name="close" />
      </Button>
    </div>
  )
}

function set(next: readonly Notice[]): void {
  notices = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
