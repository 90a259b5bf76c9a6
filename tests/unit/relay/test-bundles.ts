import type { PolicyBundle } from '../../../services/core/policy/index.ts';
import { bundleOf, permitAll } from '../policy/fixtures.ts';

const forbid = (nation: string, name: string, action: string, when: string): string =>
  `@id("${nation}.${name}") @reason("For a test.") forbid (principal, action == Action::"${action}", resource) when { ${when} };`;

/** Laws that let everything pass but exercises: these they hold or refuse at one of their gates. */
export function exercises(
  nation: 'th' | 'la',
  action: 'releaseUnattended' | 'release' | 'admitUnattended' | 'admit',
): PolicyBundle {
  return bundleOf(nation, 1, permitAll(nation), forbid(nation, 'exercises', action, 'context.message.drill'));
}

/** A law that keeps one kind of data from passing, and holds exercises. */
export function withholding(nation: 'th' | 'la', action: 'disclose' | 'accept', category: string): PolicyBundle {
  return bundleOf(
    nation,
    1,
    permitAll(nation),
    forbid(nation, 'withhold', action, `context.part.category == DataCategory::"${category}"`),
    forbid(
      nation,
      'exercises',
      action === 'disclose' ? 'releaseUnattended' : 'admitUnattended',
      'context.message.drill',
    ),
  );
}
