import type { JSX } from 'preact';
import type { JsonObject } from '../../forms/index.ts';
import { code, field, t } from '../../i18n/index.ts';
import { Check, Group, Select, TextField } from '../../ui/index.ts';
import { membersOf, withMember, withMemberAs } from './charter-draft.ts';
import type { Charter } from './types.ts';

const ROLES = ['OPERATION_ROLE_MEMBER', 'OPERATION_ROLE_OBSERVER', 'OPERATION_ROLE_LIMITED'] as const;

type CharterMember = Charter['members'][number];

/** Who takes part: this office leads; the others are those of the agreement to which it has a line, one of each nation. */
export function CharterMembers({
  charter,
  self,
  candidates,
  onChange,
  error,
}: {
  readonly charter: JsonObject;
  readonly self: string;
  readonly candidates: readonly string[];
  readonly onChange: (charter: JsonObject) => void;
  readonly error: string | undefined;
}): JSX.Element {
  const members = membersOf(charter);
  const memberNamed = (office: string): CharterMember | undefined => members.find((member) => member.office === office);
  const lead = memberNamed(self);
  return (
    <Group label={field('Charter', 'members')} hint={t('operations.form.membersHint')} error={error}>
      {lead === undefined ? null : (
        <div class="operations-member">
          <p>
            <strong>{self}</strong>: {code('OperationRole', 'OPERATION_ROLE_LEAD')}
          </p>
          <Contact member={lead} onChange={(member) => onChange(withMemberAs(charter, member))} />
        </div>
      )}
      {candidates.map((office) => {
        const member = memberNamed(office);
        return (
          <div key={office} class="operations-member">
            <Check
              label={office}
              checked={member !== undefined}
              onChecked={(isIn) => onChange(withMember(charter, office, isIn))}
            />
            {member === undefined ? null : (
              <>
                <Select
                  label={`${field('CharterMember', 'role')}: ${office}`}
                  hint={t(`operations.role.${member.role}` as 'operations.role.OPERATION_ROLE_MEMBER')}
                  value={member.role}
                  options={ROLES.map((role) => ({ value: role, label: code('OperationRole', role) }))}
                  onValue={(role) =>
                    onChange(withMemberAs(charter, { ...member, role: role as CharterMember['role'] }))
                  }
                />
                <Contact member={member} onChange={(changed) => onChange(withMemberAs(charter, changed))} />
                {member.role === 'OPERATION_ROLE_LIMITED' ? (
                  <Group label={t('operations.form.limitedTo', { office })}>
                    <div class="operations-choices">
                      {((charter['dataCategories'] ?? []) as readonly string[]).map((category) => (
                        <Check
                          key={category}
                          label={code('DataCategory', category)}
                          disabled={category === 'DATA_CATEGORY_CORE'}
                          checked={(member.dataCategories ?? []).includes(category as never)}
                          onChecked={(isIn) => {
                            const others = (member.dataCategories ?? []).filter((one) => one !== category);
                            const dataCategories = (isIn ? [...others, category] : others) as typeof others;
                            onChange(withMemberAs(charter, { ...member, dataCategories }));
                          }}
                        />
                      ))}
                    </div>
                  </Group>
                ) : null}
              </>
            )}
          </div>
        );
      })}
    </Group>
  );
}

function Contact({
  member,
  onChange,
}: {
  readonly member: CharterMember;
  readonly onChange: (member: CharterMember) => void;
}): JSX.Element {
  return (
    <TextField
      label={`${field('CharterMember', 'dutyContact')}: ${member.office}`}
      hint={t('operations.form.contactHint')}
      value={member.dutyContact ?? ''}
      maxLength={120}
      onValue={(dutyContact) => onChange({ ...member, dutyContact })}
    />
  );
}
