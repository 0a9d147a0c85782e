// The few pictures we use, drawn on a 20-unit grid with one stroke. They always stand beside words, or carry a label.

const SHAPES = {
  home: 'M3 9.5 10 4l7 5.5M5 8.5V16h10V8.5M8.5 16v-4h3v4',
  rows: 'M4 5.5h12M4 10h12M4 14.5h12',
  map: 'm3 5.5 4.5-2 5 2 4.5-2v11l-4.5 2-5-2-4.5 2zM7.5 3.5v11M12.5 5.5v11',
  import: 'M10 3v9m0 0L6.5 8.5M10 12l3.5-3.5M4 13v3.5h12V13',
  export: 'M10 12V3m0 0L6.5 6.5M10 3l3.5 3.5M4 13v3.5h12V13',
  settings: 'M4 6h5m4 0h3M4 14h3m4 0h5M11 4v4M9 12v4',
  search: 'M9 15a6 6 0 1 1 0-12 6 6 0 0 1 0 12Zm4.5-1.500L17 17',
  plus: 'M10 4v12M4 10h12',
  close: 'm5 5 10 10M15 5 5 15',
  check: 'm4 10.500 4 4 8-9',
  down: 'm5 8 5 5 5-5',
  up: 'm5 12 5-5 5 5',
  left: 'm12 5-5 5 5 5',
  right: 'm8 5 5 5-5 5',
  filter: 'M3.500 5h13M6 10h8M8.500 15h3',
  columns: 'M3.500 4h13v12h-13zM8 4v12M12.500 4v12',
  star: 'm10 3.500 2 4.300 4.700.6-3.500 3.200.9 4.600L10 13.900l-4.100 2.300.9-4.600L3.300 8.400 8 7.800z',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  edit: 'm4 16 .8-3.500L13 4.300l2.700 2.700-8.200 8.200zM11.500 5.800l2.700 2.700',
  trash: 'M4.500 6h11M8 6V4h4v2M6 6l.7 10.500h6.600L14 6M8.800 9v4.500M11.200 9v4.500',
  undo: 'M7 4 3.500 7.500 7 11M4 7.500h7.500a4.500 4.500 0 0 1 0 9H8',
  eye:
    'M2.500 10S5.300 5 10 5s7.500 5 7.500 5-2.800 5-7.500 5-7.500-5-7.500-5Z' +
    'M10 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600Z',
  clock: 'M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14Zm0-11v4.300l2.800 1.700',
  person: 'M10 9.500a3.200 3.200 0 1 0 0-6.500 3.200 3.200 0 0 0 0 6.500ZM3.800 17c.5-3.300 2.900-5 6.200-5s5.700 1.700 6.200 5',
  people:
    'M7.500 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.500c.4-3 2.600-4.600 5.500-4.600s5.100 1.600 5.500 4.600' +
    'M12.500 3.700a3 3 0 0 1 0 5.600M15 12.300c1.800.7 2.800 2.200 3 4.200',
  pin: 'M10 17.500s5.500-5 5.500-9a5.500 5.500 0 1 0-11 0c0 4 5.500 9 5.500 9Zm0-7a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  work: 'M3.500 7h13v9h-13zM7.500 7V4.500h5V7M3.500 11h13',
  shield: 'M10 3 4 5.300V10c0 3.600 2.500 6 6 7.300 3.500-1.300 6-3.700 6-7.300V5.300z',
  device: 'M3.500 4.500h13v8.500h-13zM7.500 16.500h5M10 13v3.500',
  menu: 'M3.500 6h13M3.500 10h13M3.500 14h13',
  warn: 'M10 3.500 2.500 16.500h15zM10 8.500v3.500M10 14.300h.01',
  info: 'M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14Zm0-7.500V13M10 7h.01',
  offline:
    'M3 3l14 14M5.500 9.800a7 7 0 0 1 2.200-1.400M11.800 8.200a7 7 0 0 1 2.700 1.600M8 12.500a3.300 3.300 0 0 1 4 0' +
    'M2.800 7a11 11 0 0 1 2.300-1.500M8.800 4.600A11 11 0 0 1 17.200 7M10 15.500h.01',
  calendar: 'M3.500 5h13v11.500h-13zM3.500 8.500h13M7 3.500v3M13 3.500v3',
  print: 'M6 8V3.500h8V8M6 14H3.500V8h13v6H14M6 12h8v4.500H6z',
  out: 'M8 4H4v12h4M8.500 10H17m0 0-3-3m3 3-3 3',
  sun:
    'M10 13.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM10 2.500v1.500M10 16v1.500M2.500 10H4M16 10h1.500' +
    'M4.700 4.700l1 1M14.300 14.300l1 1M4.700 15.300l1-1M14.300 5.700l1-1',
  sort: 'M7 4v12m0 0-3-3m3 3 3-3M13 16V4m0 0-3 3m3-3 3 3',
  spin: 'M10 3a7 7 0 1 1-7 7',
  key: 'M7 13.500a3.500 3.500 0 1 1 3.200-5H17v3h-2V13h-2.500v-1.500h-2.300A3.500 3.500 0 0 1 7 13.500Z',
  book: 'M4 4.500c2-.8 4-.8 6 .5 2-1.300 4-1.300 6-.5v11c-2-.8-4-.8-6 .5-2-1.300-4-1.300-6-.5zM10 5v11',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.500 1.500h-13zM8.500 17.500h3',
  camera: 'M3.500 6.500h3l1.300-2h4.400l1.300 2h3v9.500h-13zM10 13.500a2.700 2.700 0 1 0 0-5.400 2.700 2.700 0 0 0 0 5.400Z',
  copy: 'M7 7h9v9.500H7zM4 13V3.500h9V5',
} as const

export type IconName = keyof typeof SHAPES

export const Icon = ({ name, size = 18, label, className }: { name: IconName; size?: number; label?: string; className?: string }) => (
  <svg
    viewBox="0 0 20 20"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    strokeWidth={name === 'more' ? 2.4 : 1.6}
    strokeLinecap="round"
    strokeLinejoin="round"
    className={className}
    {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
  >
    <path d={SHAPES[name]} />
  </svg>
)

/** The mark: a hall's roof over an open door. */
export const Mark = ({ size = 24 }: { size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} fill="currentColor" aria-hidden>
    <path d="M16 3 1.500 13.200c-.6.4-.3 1.300.4 1.300h28.200c.7 0 1-.9.4-1.300L16 3Z" />
    <path d="M5 17h22v12h-6.500v-4.500a4.500 4.500 0 0 0-9 0V29H5V17Z" />
  </svg>
)
