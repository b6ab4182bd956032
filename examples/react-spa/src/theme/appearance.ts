import { useState } from 'react'
import { recall, store } from '../storage.ts'

export const APPEARANCES = ['system', 'light', 'dark'] as const
export type Appearance = (typeof APPEARANCES)[number]

/** Called before anything is shown. The palettes are in tokens.css, which follows the system unless it is told. */
export function applyAppearance(appearance = recallAppearance()): void {
  if (appearance === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = appearance
}

export function useAppearance(): [Appearance, (appearance: Appearance) => void] {
  const [appearance, setAppearance] = useState(recallAppearance)
  return [
    appearance,
    chosen => {
      store('appearance', chosen)
      applyAppearance(chosen)
      setAppearance(chosen)
    }
  ]
}

function recallAppearance(): Appearance {
  const kept = recall('appearance')
  return APPEARANCES.find(known => known === kept) ?? 'system'
}
