import { LANGUAGES, language, nameOf } from '../i18n/index.ts';
import type { Choice } from './form-context.ts';

/** The nations of the region and next to it; they stand first. */
const NEAR = 'KH LA MM TH VN CN MY ID SG PH BN TL BD IN NP LK'.split(' ');
const OTHERS =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BE BF BG BH BI BJ BM BO BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU IE IL IM IQ IR IS IT JE JM JO JP KE KG KI KM KN KP KR KW KY KZ LB LC LI LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MN MO MP MQ MR MS MT MU MV MW MX MZ NA NC NE NF NG NI NL NO NR NU NZ OM PA PE PF PG PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TJ TK TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );
/** Languages spoken or written along the region's borders, beyond those of the console. */
const MORE_TONGUES = 'shn kar hmn mnw rki kac rhg ta hi bn ne si ur fa ps tl tet pt fr ru ko ja ar'.split(' ');
/** What browsers have no name for. */
const NAMES: Readonly<Record<string, string>> = {
  shn: 'Shan',
  kar: 'Karen',
  hmn: 'Hmong',
  mnw: 'Mon',
  rki: 'Rakhine',
  kac: 'Kachin',
  rhg: 'Rohingya',
  tet: 'Tetum',
};

const cache = new Map<string, readonly Choice[]>();

function cached(kind: string, make: (tag: string) => readonly Choice[]): readonly Choice[] {
  const tag = language();
  const key = `${kind} ${tag}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make(tag);
  cache.set(key, made);
  return made;
}

function named(type: 'region' | 'language', values: readonly string[]): Choice[] {
  return values.map((value) => {
    const name = nameOf(type, value);
    return { value, label: `${name === value ? (NAMES[value] ?? value) : name} (${value})` };
  });
}

/** Every nation by its name in the reader's language, those near first. */
export function nationChoices(): readonly Choice[] {
  return cached('nations', (tag) => {
    const { compare } = new Intl.Collator(tag);
    const others = named('region', OTHERS).sort((one, other) => compare(one.label, other.label));
    return [...named('region', NEAR), ...others];
  });
}

/** Languages: those of the console by their own names, then others of the region by their name in the reader's language. */
export function languageChoices(): readonly Choice[] {
  return cached('languages', () => [
    ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label: `${label} (${value})` })),
    ...named('language', MORE_TONGUES),
  ]);
}
