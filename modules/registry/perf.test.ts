import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import type { Importer, SheetRow } from '#kernel/imports/importer.ts'
import { openWorld } from '#test/world.ts'
import { populationWorkbook } from './importer/index.ts'
import { makeNik } from './nik.ts'
test('perf', async () => {
  const world = await openWorld()
  const rows: SheetRow[] = []
  for (let i = 0; i < 6000; i++) {
    const fam = Math.floor(i / 3)
    const d = new Date(Date.UTC(1950, 0, 1 + (i * 7) % 25000)).toISOString().slice(0, 10)
    const g = i % 2 ? 'P' : 'L'
    rows.push({ row: i + 2, cells: { alamat: `Jalan ${fam}`, dusun: 'D' + (fam % 5), rw: '00' + (fam % 3 + 1), rt: '00' + (fam % 7 + 1), nama: 'WARGA ' + i, no_kk: '99010112' + String(10000000 + fam), nik: makeNik(String(100000+i), d, g, i % 9999 + 1), sex: g === 'P' ? '2' : '1', tempatlahir: 'X', tanggallahir: d, agama_id: '1', pendidikan_kk_id: '3', pendidikan_sedang_id: '18', pekerjaan_id: '9', status_kawin: '2', kk_level: i % 3 ? '4' : '1', warganegara_id: '1', nama_ayah: 'A', nama_ibu: 'B', ayah_nik: makeNik(String(200000+i), d, 'L', i % 9999 + 1), golongan_darah_id: '13', ktp_el: '2', status_rekam: '8', status_dasar: '1', id_asuransi: '2', no_asuransi: '0003333415123', lat: '-5.384', lng: '111.48', suku: 'Contoh', cara_kb_id: '5', hamil: '2', akta_lahir: '99-LU' } })
  }
  const importer = populationWorkbook as Importer
  const t0 = performance.now()
  await world.write('siti', 'sukamaju', async (ctx0) => {
    const times = new Map<string, number>()
    let ex = new Set<string>()
    const ctx = { ...ctx0, db: { async query(text: string, params?: readonly unknown[]) { const t = performance.now()
      const key = text.slice(0, 34)
      const m = /^insert into (registry.\w+)/.exec(text)
      if (m && process.env['EXPLAIN'] && params!.length > 1000 && !ex.has(m[1]!)) { ex.add(m[1]!); const r = await ctx0.db.query<any>('explain (analyze, costs off, timing on) ' + text, params); console.log(r.rows.map((x) => x['QUERY PLAN']).join('\n')); return r }
      const r = await ctx0.db.query<any>(text, params); times.set(key, (times.get(key) ?? 0) + performance.now() - t); return r } } } as typeof ctx0
    const cpu0 = process.cpuUsage()
    const pid = (await ctx0.db.query<any>('select pg_backend_pid() p')).rows[0].p
    const be = () => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' '); return (Number(f[13]) + Number(f[14])) * 10 }
    const be0 = be()
    const c = await importer.check(ctx, rows, () => {})
    const t1 = performance.now()
    console.log('check', Math.round(t1 - t0), c.notes.length, c.verdicts.filter(v=>v.outcome!=='new').length)
    let last = t1
    await importer.apply(ctx, c.plan, (d, t) => { const n = performance.now(); if (d % 1500 === 0) {console.log(d, t, Math.round(n - last))}; last = n })
    const cpu = process.cpuUsage(cpu0); console.log('CPU node', (cpu.user + cpu.system) / 1000, 'backend', be() - be0)
    console.log([...times].map(([k,v])=>k+' '+Math.round(v)).join('\n'))
    console.log('apply', Math.round(performance.now() - t1))
  })
  console.log('total', Math.round(performance.now() - t0), 'rows/s', Math.round(6000 / ((performance.now() - t0) / 1000)))
  await world.close()
}, 120000)
