import type { AnonymisePlan } from '../contract/anonymise.ts';
import type { Table } from '../records/table.ts';
import type { Generalised } from './generalised.ts';
import type { PlanFiles } from './prepare.ts';
import type { Roles } from './roles.ts';
import type { SearchOptions } from './search.ts';

export async function generaliseByParts(
  _table: Table,
  _roles: Roles,
  _plan: AnonymisePlan,
  _files: PlanFiles,
  _options: SearchOptions,
): Promise<Generalised> {
  throw new Error('later');
}
