const PATHS = {
  bad: 'M12 7v6m0 3.5v.5M12 2.5 22 20.5H2Z',
  good: 'm7 12.5 3.5 3.5L17 9M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19Z',
  plain: 'M12 11v6m0-10v.5M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19Z',
  close: 'm6 6 12 12M18 6 6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  eye: 'M2 12c2.5-4.7 6-7 10-7s7.5 2.3 10 7c-2.5 4.7-6 7-10 7s-7.5-2.3-10-7ZM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
  covered:
    'M3 3l18 18M9.5 5.3A10 10 0 0 1 12 5c4 0 7.5 2.3 10 7a17 17 0 0 1-2.8 3.7M6 7.2A15 15 0 0 0 2 12c2.5 4.7 6 7 10 7a10 10 0 0 0 4.5-1.1M10 10a3 3 0 0 0 4 4',
  computer: 'M3 5h18v11H3ZM8 20h8m-4-4v4',
  phone: 'M7 2.5h10v19H7Zm4 16.5h2'
}
export type IconName = keyof typeof PATHS

/** Decoration beside words: it has no name of its own. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
