// Our palette in Mantine's terms, so that its parts and our own CSS speak one language.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const act: MantineColorsTuple = [
  '#e9f3f0',
  '#d5e8e3',
  '#aed4cb',
  '#8ed3c7',
  '#6fc4b5',
  '#3a9d8f',
  '#1f8275',
  '#126e63',
  '#0b5d55',
  '#084842',
]
const wait: MantineColorsTuple = [
  '#fdf6e6',
  '#fbeed2',
  '#f4dca5',
  '#ecc876',
  '#e5b45c',
  '#cf952f',
  '#b07a17',
  '#966400',
  '#835400',
  '#6a4300',
]
const harm: MantineColorsTuple = [
  '#fdf1ee',
  '#fbe8e4',
  '#f4c9c1',
  '#f3ab9d',
  '#f0907f',
  '#d9594a',
  '#c23b2d',
  '#b32f23',
  '#a3271c',
  '#852017',
]
const stone: MantineColorsTuple = [
  '#faf7f1',
  '#f3eee3',
  '#e6dfd2',
  '#d8cfbf',
  '#cdc4b3',
  '#a89f8f',
  '#6c665b',
  '#565148',
  '#38342d',
  '#211f1b',
]
const night: MantineColorsTuple = [
  '#ece7dc',
  '#beb7a9',
  '#a09888',
  '#6a6457',
  '#4a463e',
  '#34312b',
  '#211f1c',
  '#1a1916',
  '#151412',
  '#100f0d',
]

export const theme = createTheme({
  primaryColor: 'act',
  primaryShade: { light: 8, dark: 4 },
  black: '#211f1b',
  colors: { act, wait, harm, red: harm, gray: stone, dark: night },
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  fontSizes: { xs: '.8rem', sm: '.93rem', md: '1rem', lg: '1.13rem', xl: '1.33rem' },
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { radius: 'md', overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { transitionProps: { duration: 80 } } },
    Select: { defaultProps: { checkIconPosition: 'right' } },
    // Made outside every component, so it knows no language: said in both.
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Tutup · Close' } } },
  },
})

/** Makes Mantine read the tokens, so that light and dark are decided in one file. */
export const variables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-error': 'var(--harm)',
    '--mantine-color-anchor': 'var(--act)',
  }
  return { variables: {}, light: both, dark: both }
}
