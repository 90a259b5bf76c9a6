import type { NationCode } from '../../core/foundation/index.ts';
import type { BundleFile } from '../../core/policy/index.ts';

/** A bundle for a nation whose law is not among the examples: what an agreement covers passes; the baseline still applies. */
export function plainBundle(nation: NationCode): readonly BundleFile[] {
  const name = nation.toLowerCase();
  const permit = (id: string, action: string, scope: string, reason: string): string =>
    `@id("${name}.${id}")\n@reason("${reason}")\npermit (${scope.replace('ACTION', `action == Action::"${action}"`)});\n`;
  const outward = `principal in Nation::"${nation}", ACTION, resource`;
  const inward = `principal, ACTION, resource in Nation::"${nation}"`;
  return [
    { path: 'bundle.json', text: `${JSON.stringify({ name, version: 1, schema: 1 })}\n` },
    {
      path: '10-export.cedar',
      text: [
        permit('release', 'release', outward, 'Offices may hand over what an agreement covers.'),
        permit('release-unattended', 'releaseUnattended', outward, 'What may be handed over may go at once.'),
        permit(
          'release-to-region',
          'releaseToRegion',
          outward,
          'Offices may tell the region what an agreement covers.',
        ),
        permit('disclose-to-region', 'discloseToRegion', outward, 'The region may have what the article names.'),
        permit('disclose', 'disclose', outward, 'All kinds of data that the article names may be handed over.'),
      ].join('\n'),
    },
    {
      path: '20-import.cedar',
      text: [
        permit('admit', 'admit', inward, 'Offices may receive what an agreement covers.'),
        permit('admit-unattended', 'admitUnattended', inward, 'What may be received goes to the officers at once.'),
        permit('admit-from-region', 'admitFromRegion', inward, 'Offices may receive what the region is told.'),
        permit('accept-from-region', 'acceptFromRegion', inward, 'What the article names may be received.'),
        permit('accept', 'accept', inward, 'All kinds of data that the article names may be received.'),
      ].join('\n'),
    },
  ];
}
