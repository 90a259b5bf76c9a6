import type { JSX } from 'preact';
import type { FormField } from './contract.ts';
import { DateField } from './date-field.tsx';
import type { FieldPlace } from './form-context.ts';
import { MessageField, MessageListField } from './message-fields.tsx';
import { PhotosField } from './photos-field.tsx';
import { BoolField, CodeField, CodesField, NumberField, TimeField } from './scalar-fields.tsx';
import { TextListField, TextValueField } from './text-fields.tsx';

/** One field of the contract as the control that fits what it holds. */
export function ContractField(place: FieldPlace): JSX.Element | null {
  const control = controlOf(place);
  return control === null ? null : (
    <div class={isWide(place.field) ? 'form-field wide' : 'form-field'} data-path={place.path}>
      {control}
    </div>
  );
}

function controlOf(place: FieldPlace): JSX.Element | null {
  const { field } = place;
  switch (field.kind) {
    case 'string':
      return field.list === true ? <TextListField {...place} /> : <TextValueField {...place} />;
    case 'enum':
      return field.list === true ? <CodesField {...place} /> : <CodeField {...place} />;
    case 'number':
      return <NumberField {...place} />;
    case 'bool':
      return <BoolField {...place} />;
    case 'timestamp':
      return <TimeField {...place} />;
    case 'message':
      if (field.type === 'Image') return <PhotosField {...place} />;
      if (field.type === 'Date') return <DateField {...place} />;
      return field.list === true ? <MessageListField {...place} /> : <MessageField {...place} />;
    default:
      // Bytes are digests and keys: computers fill them in. Pictures are messages of their own.
      return null;
  }
}

/** What takes the whole width of a form. */
function isWide(field: FormField): boolean {
  if (field.kind === 'message' || field.list === true) return true;
  return field.kind === 'string' && (field.maxLength ?? 0) > 130;
}
