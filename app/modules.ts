// Every module of this installation, one line each.
import type { Module } from '#kernel/module.ts'
import { core } from '#kernel/core-module.ts'
import { letters } from '#modules/letters/index.ts'
import { office } from '#modules/office/index.ts'
import { registry } from '#modules/registry/index.ts'

export const MODULES: readonly Module[] = [core, registry, office, letters]
