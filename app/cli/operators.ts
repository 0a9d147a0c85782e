// `balai operator …`: who runs this installation. The first one can be made nowhere else.
import type { Command } from 'commander'
import { Refusal } from '#kernel/http/refusal.ts'
import type { User } from '#kernel/identity/identity.ts'
import { addOperator, operatorsOf, removeOperator } from '#kernel/platform/operators.ts'
import type { OpenHouse } from '../open-house.ts'
import { line, tell } from './terminal.ts'

type With = <T>(work: (house: OpenHouse) => Promise<T>) => Promise<T>

export function operatorCommands(program: Command, open: With): void {
  const operator = program.command('operator').description('who makes, closes and removes communities (pages at /app/platform)')
  const person = async (house: OpenHouse, login: string): Promise<User> => {
    const found = await house.identity.userByLogin(login)
    if (!found)
      throw new Refusal(404, 'unknown_user', { id: 'Tidak ada pengguna "{login}".', en: 'There is no user "{login}".' }, [], {
        more: { login },
      })
    return found
  }
  operator
    .command('add <login>')
    .description('make a person an operator; they are no member of any community by that')
    .action((login: string) =>
      open(async (house) => {
        const added = await addOperator(house, (await person(house, login)).id)
        tell(
          added
            ? { id: '{login} kini pengelola instalasi ini.', en: '{login} is now an operator of this installation.' }
            : { id: '{login} sudah pengelola instalasi ini.', en: '{login} is an operator of this installation already.' },
          { login },
        )
      }),
    )
  operator
    .command('remove <login>')
    .description('no longer an operator')
    .action((login: string) =>
      open(async (house) => {
        if (!(await removeOperator(house, (await person(house, login)).id)))
          throw new Refusal(404, 'no_operator', { id: '{login} bukan pengelola.', en: '{login} is no operator.' }, [], { more: { login } })
        tell({ id: '{login} bukan lagi pengelola.', en: '{login} is no longer an operator.' }, { login })
      }),
    )
  operator
    .command('list')
    .description('all operators')
    .action(() => open(async (house) => (await operatorsOf(house)).forEach((o) => line(`${o.username ?? o.id}\t${o.name}`))))
}
