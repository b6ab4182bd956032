/** A row of stepped gables, as guild halls have them. Decoration only. */
export function Gables() {
  return (
    <svg viewBox="0 0 400 220" aria-hidden="true" preserveAspectRatio="xMidYMax slice">
      {[
        { x: -30, y: 90, size: 0.9 },
        { x: 84, y: 20, size: 1.4 },
        { x: 252, y: 70, size: 1.05 },
        { x: 378, y: 110, size: 0.8 }
      ].map(({ x, y, size }) => (
        <g key={x} transform={`translate(${x} ${y}) scale(${size})`}>
          <path d="M0 260V70h12V52h12V34h12V16h12V0h24v16h12v18h12v18h12v18h12v190" />
          <path d="M52 44V30a8 8 0 0 1 16 0v14ZM26 92V78a8 8 0 0 1 16 0v14ZM52 92V78a8 8 0 0 1 16 0v14ZM78 92V78a8 8 0 0 1 16 0v14Z" />
          <path d="M10 110h100M44 180v-28a16 16 0 0 1 32 0v28M20 146v-14h14v14ZM86 146v-14h14v14Z" />
        </g>
      ))}
    </svg>
  )
}
