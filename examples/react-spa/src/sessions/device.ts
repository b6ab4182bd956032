// Which device an agent string tells of: enough to recognise one's own, no more.

const BROWSERS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Vivaldi\//, 'Vivaldi'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari']
]

const SYSTEMS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux']
]

export interface Device {
  /** Or the name of an app; '' when there is nothing to go by. */
  browser: string
  system: string
  isPhone: boolean
}

export function readDevice(userAgent: string): Device {
  const named = (list: typeof BROWSERS) => list.find(([mark]) => mark.test(userAgent))?.[1]
  const app = /^[\w .-]+(?=\/)/.exec(userAgent)?.[0] ?? ''
  return {
    browser: named(BROWSERS) ?? (app === 'Mozilla' ? '' : app),
    system: named(SYSTEMS) ?? '',
    isPhone: /Mobi|Android|iPhone/.test(userAgent)
  }
}
