import { useTexts } from '../texts/language.tsx'

/** Where something will stand in a moment, as tall as it will be. It shows after a moment only: flicker helps nobody. */
export function Skeleton({ lines }: { lines: number }) {
  const texts = useTexts()
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{texts.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are all alike
        <span key={line} className="skeleton-line" />
      ))}
    </div>
  )
}
