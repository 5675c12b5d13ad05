/** One step of the database's form. Numbers rise in tens, so that a step can be put between. */
export interface Migration {
  readonly number: number;
  readonly sql: string;
}
