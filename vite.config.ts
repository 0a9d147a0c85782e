// Builds the web app to web/dist, which the server serves under /app. In development, /api goes to the server.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = process.env['BALAI_API'] ?? 'http://localhost:3000'

export default defineConfig({
  root: 'web',
  base: '/app/',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    chunkSizeWarningLimit: 1200,
    // What every page needs, in one file, and what every page with a form needs, in another: over HTTP/1.1, which is what a village without a
    // proxy speaks, thirty small files take longer than two.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', test: /\/web\/main\.tsx$/, priority: 2 },
            { name: 'door', test: /\/web\/pages\/SignIn\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': api, '/healthz': api } },
  preview: { proxy: { '/api': api, '/healthz': api } },
})
