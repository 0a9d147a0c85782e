// A name as a stranger may read it: whoever holds the paper recognises it, and nobody learns it here.

/** `SITI RAHMAWATI` → `S*** R***`: the first letter of each word, and always as many stars, so that not even the length is told. */
export const maskedName = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `${[...word][0]}***`)
    .join(' ')
