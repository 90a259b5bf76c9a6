import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkContract, checkLabels } from '../../proto/generator/check-contract.mjs';
import { readContract } from '../../proto/generator/read-contract.mjs';
import { projectRoot } from './source-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'liaison-contract-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the contract in which `from` reads `to`. */
function copyWith(file: string, from: string, to: string): string {
  const copy = mkdtempSync(join(folder, 'copy-'));
  cpSync(join(projectRoot, 'proto/liaison'), join(copy, 'liaison'), { recursive: true });
  cpSync(join(projectRoot, 'proto/labels'), join(copy, 'labels'), { recursive: true });
  const path = join(copy, 'liaison/v1', file);
  const text = readFileSync(path, 'utf8');
  expect(text.split(from).length, `${file} holds once: ${from}`).toBe(2);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  return copy;
}

/** What the generator's exit code is over such a copy, what it says, and whether it wrote anything. */
function generate(copy: string): { readonly code: number | null; readonly says: string; readonly wrote: boolean } {
  const target = join(copy, 'out/__generated__');
  const script = join(projectRoot, 'proto/generate.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, copy, target], { encoding: 'utf8', timeout: 60_000 });
  return { code: status, says: stderr, wrote: existsSync(target) };
}

const HEADLINE =
  'string headline = 13 [(data_category) = DATA_CATEGORY_FREE_TEXT, (rule) = {max_length: 160, format: STRING_FORMAT_LINE}];';

describe('proto/generate.mjs', () => {
  it('takes the contract as it is', () => {
    expect(generate(copyWith('alert.proto', HEADLINE, HEADLINE))).toMatchObject({ code: 0, wrote: true });
  });

  it('ends with a failure that names the place, and writes nothing, where a field has no category', () => {
    const result = generate(copyWith('alert.proto', HEADLINE, HEADLINE.replace(/\(data_category\)[^,]*, /, '')));
    expect(result).toMatchObject({ code: 1, wrote: false });
    expect(result.says).toContain('.liaison.v1.Alert.headline has no data_category');
  });
});

describe('checkContract', () => {
  it.each([
    [
      'a field of a body without category',
      'alert.proto',
      HEADLINE,
      'string headline = 13 [(rule) = {max_length: 160}];',
      'Alert.headline has no data_category',
    ],
    [
      'a field of a message within a body without category',
      'alert.proto',
      'Sex sex = 5 [(data_category) = DATA_CATEGORY_IDENTITY];',
      'Sex sex = 5;',
      'Person.sex has no data_category',
    ],
    [
      'the unspecified category',
      'alert.proto',
      'Sex sex = 5 [(data_category) = DATA_CATEGORY_IDENTITY];',
      'Sex sex = 5 [(data_category) = DATA_CATEGORY_UNSPECIFIED];',
      'Person.sex has an unknown data_category',
    ],
    [
      'a misspelt category',
      'alert.proto',
      'Sex sex = 5 [(data_category) = DATA_CATEGORY_IDENTITY];',
      'Sex sex = 5 [(data_category) = DATA_CATEGORY_IDENTTY];',
      'Person.sex has an unknown data_category',
    ],
    [
      'a misspelt option',
      'alert.proto',
      'Sex sex = 5 [(data_category) = DATA_CATEGORY_IDENTITY];',
      'Sex sex = 5 [(data_categroy) = DATA_CATEGORY_IDENTITY];',
      'Person.sex has an option that is not used here',
    ],
    [
      'a misspelt option of a message',
      'alert.proto',
      'message Image {\n  option (value) = true;',
      'message Image {\n  option (vaule) = true;',
      'Image has an option that is not used here',
    ],
    [
      'a misspelt rule',
      'alert.proto',
      HEADLINE,
      HEADLINE.replace('max_length', 'max_lenght'),
      'Alert.headline has an unknown rule',
    ],
    [
      'a rule of the wrong type',
      'alert.proto',
      HEADLINE,
      HEADLINE.replace('160', '"160"'),
      'Alert.headline has a rule max_length that is not a number',
    ],
    [
      'an unknown format',
      'alert.proto',
      HEADLINE,
      HEADLINE.replace('FORMAT_LINE', 'FORMAT_LIEN'),
      'Alert.headline has an unknown format',
    ],
    [
      'a container that is not CORE',
      'alert.proto',
      'Person person = 10 [(data_category) = DATA_CATEGORY_CORE];',
      'Person person = 10 [(data_category) = DATA_CATEGORY_IDENTITY];',
      'Subject.person is walked into',
    ],
    [
      'a map in a body',
      'alert.proto',
      HEADLINE,
      'map<string, string> headline = 13 [(data_category) = DATA_CATEGORY_FREE_TEXT];',
      'Alert.headline is a map',
    ],
    [
      'a map anywhere',
      'receipt.proto',
      '  string reason = 9;',
      '  map<string, string> reason = 9;',
      'Receipt.reason is a map',
    ],
    [
      'an optional field',
      'receipt.proto',
      '  string reason = 9;',
      '  optional string reason = 9;',
      'Receipt.reason is optional',
    ],
    [
      'a category outside a body',
      'receipt.proto',
      '  string reason = 9;',
      '  string reason = 9 [(data_category) = DATA_CATEGORY_CORE];',
      'Receipt.reason has a data_category but belongs to no body',
    ],
    [
      'a value that refers to a message that is none',
      'alert.proto',
      '  GeoPoint position = 3;',
      '  Vehicle position = 3;',
      'Place.position belongs to a value',
    ],
    [
      'a message that contains itself',
      'alert.proto',
      '  GeoPoint position = 3;',
      '  GeoPoint position = 3;\n  Place inner = 4;',
      'Place contains itself',
    ],
    [
      'a list without bound',
      'receipt.proto',
      '  string reason = 9;',
      '  repeated string reason = 9;',
      'Receipt.reason is a list without max_items',
    ],
    [
      'a text without bound in a body',
      'alert.proto',
      HEADLINE,
      'string headline = 13 [(data_category) = DATA_CATEGORY_FREE_TEXT];',
      'Alert.headline has no max_length',
    ],
    [
      'a text without bound in a value',
      'alert.proto',
      '  string note = 3 [(rule) = {max_length: 300}];',
      '  string note = 3;',
      'Sighting.note has no max_length',
    ],
    [
      'a text without bound in a signed document',
      'trust.proto',
      '  string reason = 3 [(rule) = {max_length: 120, format: STRING_FORMAT_LINE}];',
      '  string reason = 3;',
      'RevokedKey.reason has no max_length',
    ],
    [
      'bounds that nothing applies',
      'alert.proto',
      'double latitude = 1 [(rule) = {has_range: true, minimum: -90, maximum: 90}];',
      'double latitude = 1 [(rule) = {minimum: -90, maximum: 90}];',
      'GeoPoint.latitude has bounds without has_range',
    ],
    [
      'a range of a text',
      'alert.proto',
      HEADLINE,
      HEADLINE.replace('max_length: 160', 'max_length: 160, has_range: true'),
      'Alert.headline has a range but is no number',
    ],
    [
      'a format of a number',
      'alert.proto',
      '  uint32 accuracy_m = 3;',
      '  uint32 accuracy_m = 3 [(rule) = {format: STRING_FORMAT_LINE}];',
      'GeoPoint.accuracy_m has a format but is no string',
    ],
    [
      'a length of a number',
      'alert.proto',
      '  uint32 accuracy_m = 3;',
      '  uint32 accuracy_m = 3 [(rule) = {max_length: 3}];',
      'GeoPoint.accuracy_m has a max_length but',
    ],
    [
      'a count of what is no list',
      'alert.proto',
      '  uint32 accuracy_m = 3;',
      '  uint32 accuracy_m = 3 [(rule) = {max_items: 3}];',
      'GeoPoint.accuracy_m has max_items but is no list',
    ],
    [
      'uniqueness of what is no list',
      'alert.proto',
      '  uint32 accuracy_m = 3;',
      '  uint32 accuracy_m = 3 [(rule) = {unique: true}];',
      'GeoPoint.accuracy_m is unique but',
    ],
    [
      'a field required with one that is not there',
      'alert.proto',
      'required_with: "narrative"',
      'required_with: "narative"',
      'Alert.narrative_language is required with an unknown field',
    ],
    [
      'a plain value in a oneof',
      'crossing.proto',
      '    DocumentNotice document = 2;\n',
      '    DocumentNotice document = 2;\n    string note = 3;\n',
      'Transit.note stands in a oneof but is no message',
    ],
    [
      'a type that is not read here',
      'receipt.proto',
      '  string reason = 9;',
      '  fixed64 reason = 9;',
      'Receipt.reason has a type that is not used here',
    ],
    [
      'a kind of message without body',
      'options.proto',
      '  MESSAGE_KIND_ALERT = 1;',
      '  MESSAGE_KIND_ALERT = 1;\n  MESSAGE_KIND_OTHER = 99;',
      'MESSAGE_KIND_OTHER is the kind of 0 messages',
    ],
    [
      'a body of an unknown kind',
      'alert.proto',
      'option (body) = MESSAGE_KIND_ALERT;',
      'option (body) = MESSAGE_KIND_ALRT;',
      'Alert has an unknown body kind',
    ],
    [
      'a code without the prefix of its list',
      'codes.proto',
      '  SEX_FEMALE = 1;',
      '  FEMALE = 1;',
      'Sex has a value without its prefix',
    ],
    [
      'a code list that begins with a code',
      'codes.proto',
      '  SEX_UNSPECIFIED = 0;',
      '  SEX_NOT_KNOWN = 0;',
      'Sex does not begin with its _UNSPECIFIED value',
    ],
    [
      'a type within a message',
      'alert.proto',
      'message Image {\n',
      'message Image {\n  enum Inner { INNER_UNSPECIFIED = 0; }\n',
      'Image holds nested types',
    ],
    [
      'more plain fields than the decoder can note',
      'receipt.proto',
      '  string reason = 9;',
      `  string reason = 9;\n${Array.from({ length: 21 }, (_, at) => `  string more_${at} = ${at + 30};`).join('\n')}`,
      'Receipt has more than 31 plain fields',
    ],
  ])('refuses %s', (_, file, from, to, says) => {
    const copy = copyWith(file, from, to);
    expect(() => checkContract(readContract(copy))).toThrow(says);
  });
});

describe('checkLabels', () => {
  const english = JSON.parse(readFileSync(join(projectRoot, 'proto/labels/en.json'), 'utf8'));
  const contract = readContract(join(projectRoot, 'proto'));

  it('takes the labels as they are', () => {
    expect(() => checkLabels(contract, [english])).not.toThrow();
  });

  it.each([
    ['a submission', 'RecallSubmission', 'ground'],
    ['what a submission holds', 'Question', 'about'],
  ])('refuses a field of %s without a label', (_, message, name) => {
    const { [name]: _gone, ...others } = english.fields[message];
    const without = { ...english, fields: { ...english.fields, [message]: others } };
    expect(() => checkLabels(contract, [without])).toThrow(`${message}.${name} has no label`);
  });

  it('takes no other language for English', () => {
    expect(() => checkLabels(contract, [{ ...english, language: 'th' }])).toThrow('has no label');
  });
});
