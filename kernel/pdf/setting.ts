// The thread that sets pages: Typst runs here, so that a report of a thousand lines holds up nobody's request.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'

/** One document to set. `template`: the address of its file. `at`: the moment it says it was made, in seconds; the same data at the same moment give the same bytes. */
export type Order = {
  readonly id: number
  readonly as: 'pdf' | 'svg'
  readonly template: string
  readonly data: string
  readonly at: number
}
export type Made = { readonly id: number; readonly bytes?: Uint8Array<ArrayBuffer>; readonly failure?: string }

type Compiler = {
  compile(of: { mainFileContent: string; inputs: Record<string, string> }): {
    result: unknown
    hasError(): boolean
    takeDiagnostics?(): unknown
  }
  pdf(result: unknown, how: { pdfStandard: string; creationTimestamp: number }): Uint8Array
  plainSvg(result: unknown): string
  evictCache(age: number): void
}

const { NodeCompiler } = createRequire(import.meta.url)('@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu') as {
  NodeCompiler: { create(how: object): Compiler }
}
// The type of Indonesian offices (Arial) in a free cut with the same widths; Typst brings its own serif.
const FONTS = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map((cut) =>
  readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/arimo/${cut}/Arimo_${cut}.ttf`)),
)
// Nothing can be read but the template itself: the workspace is a folder that does not exist.
const compiler = NodeCompiler.create({
  workspace: new URL('./nothing-to-read/', import.meta.url).pathname,
  fontArgs: [{ fontBlobs: FONTS }],
})

function set({ id, as, template, data, at }: Order): Made {
  try {
    const made = compiler.compile({ mainFileContent: readFileSync(new URL(template), 'utf8'), inputs: { data } })
    if (made.hasError()) return { id, failure: 'the template does not fit the data' }
    if (as === 'svg') return { id, bytes: new TextEncoder().encode(compiler.plainSvg(made.result)) }
    // A copy of our own can be handed over to the other thread without another.
    return { id, bytes: new Uint8Array(compiler.pdf(made.result, { pdfStandard: 'a-2a', creationTimestamp: at })) }
  } catch (error) {
    // Diagnostics may quote the data: only the kind of failure leaves this thread.
    return { id, failure: error instanceof Error ? error.name : 'unknown' }
  } finally {
    compiler.evictCache(0)
  }
}

parentPort?.on('message', (order: Order) => {
  const made = set(order)
  parentPort?.postMessage(made, made.bytes ? [made.bytes.buffer as ArrayBuffer] : [])
})
