// The one way to speak SQL: text and parameters, already inside somebody's wall.

export type Answer<R> = { readonly rows: R[]; readonly rowCount: number }

export interface Db {
  /**
   * Runs one statement. `prepared` keeps its plan on the connection: only for texts from a small fixed set.
   * Throws the driver's DatabaseError (`code` is the SQLSTATE, `constraint` the violated rule).
   */
  query<R = Record<string, unknown>>(text: string, params?: readonly unknown[], prepared?: boolean): Promise<Answer<R>>
}
