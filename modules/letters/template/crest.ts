// A neutral emblem for villages that have not given their own: a hall's roof in a shield, between rice and cotton. Nobody's coat of arms.

const grain = (x: number, y: number, turn: number): string =>
  `<ellipse cx="${x}" cy="${y}" rx="2.6" ry="5.4" transform="rotate(${turn} ${x} ${y})"/>`
const boll = (x: number, y: number): string => `<circle cx="${x}" cy="${y}" r="3.6"/>`

export const CREST = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 116">
<path d="M8 6h84v58c0 24-18 38-42 48C26 102 8 88 8 64Z" fill="#ffffff" stroke="#1d3b36" stroke-width="4"/>
<path d="M14 12h72v14H14Z" fill="#1d3b36"/>
<path d="M50 36 24 56h52Z" fill="#8a5a12"/>
<path d="M31 59h38v20H57V66H43v13H31Z" fill="#1d3b36"/>
<g fill="#b98a1d">${[grain(20, 40, -12), grain(18.5, 52, -6), grain(19, 64, 4), grain(22.5, 75, 18), grain(29, 85, 34)].join('')}</g>
<g fill="#9fb8ae" stroke="#1d3b36" stroke-width="0.8">${[boll(80, 40), boll(81.5, 52), boll(81, 64), boll(77.5, 75), boll(71, 85)].join('')}</g>
<path d="M37 88h26M41 94h18M45 100h10" fill="none" stroke="#1d3b36" stroke-width="2.4" stroke-linecap="round"/>
</svg>`
