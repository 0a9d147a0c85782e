// Builds the web app to web/dist, which the server serves under /app. In development, /api goes to the server.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = process.env['BALAI_API'] ?? 'http://localhost:3000'

export default defineConfig({
  root: 'web',
  base: '/app/',
  plugins: [react()],
  worker: { format: 'es' },
  build: { outDir: 'dist', emptyOutDir: true, target: 'baseline-widely-available', chunkSizeWarningLimit: 1200 },
  server: { proxy: { '/api': api, '/healthz': api } },
  preview: { proxy: { '/api': api, '/healthz': api } },
})
