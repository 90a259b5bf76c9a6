import { utf8 } from '../../../services/core/foundation/index.ts';
import { buildBundle, loadBundle, type PolicyBundle } from '../../../services/core/policy/index.ts';
import { bundleOf, permitAll } from '../policy/fixtures.ts';

/** One policy that forbids. */
export const forbid = (nation: string, name: string, action: string, when: string): string =>
  `@id("${nation}.${name}") @reason("For a test.") forbid (principal, action == Action::"${action}", resource) when { ${when} };`;

/** Laws that let everything pass but exercises: these they hold or refuse at one of their gates. */
export function exercises(
  nation: 'th' | 'la' | 'mm',
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

/** Laws that hold exercises until two persons release them, as `exercises` with one. */
export function twoPersons(nation: 'th' | 'la', action: 'releaseUnattended' | 'admitUnattended'): PolicyBundle {
  return bundleOf(
    nation,
    1,
    permitAll(nation),
    `@persons("2") ${forbid(nation, 'exercises', action, 'context.message.drill')}`,
  );
}

/** Laws that hold what may save a life at the export gate, and let past the hold only what they say. */
export function lifeSavers(
  nation: 'th' | 'la' | 'mm',
  {
    openReviews = 2,
    persons = 1,
    more = [],
  }: { readonly openReviews?: number; readonly persons?: 1 | 2; readonly more?: readonly string[] } = {},
): PolicyBundle {
  const hold = forbid(
    nation,
    'held',
    'releaseUnattended',
    'context.message.kind == MessageKind::"alert" && context.message.purpose == Purpose::"life_safety"',
  );
  const limits = { breakGlass: { openReviews, reviewHours: 24 } };
  return loadBundle(
    utf8(
      buildBundle([
        { path: 'bundle.json', text: JSON.stringify({ name: nation, version: 1, schema: 1, limits }) },
        { path: 'all.cedar', text: [permitAll(nation), `@persons("${persons}") ${hold}`, ...more].join('\n') },
      ]),
    ),
  );
}
