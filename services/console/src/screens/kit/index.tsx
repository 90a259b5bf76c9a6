import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { code, t } from '../../i18n/index.ts';
import {
  Age,
  Button,
  Check,
  Countdown,
  Dialog,
  Drill,
  Empty,
  Facts,
  Icon,
  Notice,
  Page,
  Panel,
  PeerText,
  Precedence,
  ProblemNotice,
  Select,
  State,
  Tabs,
  TextArea,
  TextField,
  Time,
} from '../../ui/index.ts';
import './kit.css';

const COLOURS = [
  'paper',
  'surface',
  'surface-2',
  'ink',
  'ink-2',
  'border',
  'border-strong',
  'accent',
  'accent-soft',
  'danger',
  'danger-soft',
  'warn',
  'warn-soft',
  'good',
  'good-soft',
  'drill',
  'drill-soft',
];
const SPACES = ['space-1', 'space-2', 'space-3', 'space-4', 'space-6', 'space-8'];
const SHAPES = [
  'diamond',
  'triangle',
  'square',
  'circle',
  'ring',
  'check',
  'cross',
  'pause',
  'lock',
  'arrowIn',
  'arrowOut',
  'flag',
  'clock',
] as const;
const PRECEDENCES = ['PRECEDENCE_FLASH', 'PRECEDENCE_IMMEDIATE', 'PRECEDENCE_PRIORITY', 'PRECEDENCE_ROUTINE'];
const TONES = ['plain', 'good', 'warn', 'danger', 'accent', 'drill'] as const;
/** Markup, a turned direction, something invisible, and a script without spaces between words. */
const HOSTILE = `<b>SYSTEM:</b> \u202Etxt.exe\u200B ປ້ອມ\u200Bຍາມ ${'x'.repeat(80)}`;

/** Every token and component of the console on one page, for whoever builds or judges a screen. */
export default function Kit(): JSX.Element {
  const [tab, setTab] = useState('one');
  const [text, setText] = useState('');
  const [checked, setChecked] = useState(true);
  const [open, setOpen] = useState(false);
  const soon = new Date(Date.now() + 1_800_000).toISOString();
  const past = new Date(Date.now() - 7_200_000).toISOString();
  return (
    <Page title={t('nav.kit')} actions={<Button onClick={() => print()}>{t('action.print')}</Button>}>
      <Panel title="tokens.css">
        <div class="stack">
          <ul class="kit-swatches">
            {COLOURS.map((name) => (
              <li key={name}>
                <svg width="48" height="32" aria-hidden="true">
                  <rect width="48" height="32" fill={`var(--${name})`} stroke="var(--border)" />
                </svg>
                <span class="mono small">--{name}</span>
              </li>
            ))}
          </ul>
          <ul class="kit-swatches">
            {SPACES.map((name) => (
              <li key={name}>
                <svg width="48" height="12" aria-hidden="true">
                  <rect height="12" fill="var(--accent)" class={`kit-${name}`} />
                </svg>
                <span class="mono small">--{name}</span>
              </li>
            ))}
          </ul>
        </div>
      </Panel>
      <Panel title="State, Precedence, Icon">
        <div class="stack">
          <div class="row">
            {PRECEDENCES.map((value) => (
              <Precedence key={value} value={value} />
            ))}
          </div>
          <div class="row">
            {TONES.map((tone) => (
              <State key={tone} shape="square" tone={tone}>
                {tone}
              </State>
            ))}
            <Drill />
          </div>
          <ul class="kit-swatches">
            {SHAPES.map((shape) => (
              <li key={shape}>
                <Icon shape={shape} size={20} /> <span class="mono small">{shape}</span>
              </li>
            ))}
          </ul>
        </div>
      </Panel>
      <Panel title="Button, Dialog">
        <div class="row">
          <Button look="primary">{t('action.save')}</Button>
          <Button>{t('action.cancel')}</Button>
          <Button look="danger">{t('settings.passkeyRemove')}</Button>
          <Button look="plain">{t('action.more')}</Button>
          <Button busy>{t('action.save')}</Button>
          <Button disabled>{t('action.save')}</Button>
          <Button onClick={() => setOpen(true)}>Dialog</Button>
          {open ? (
            <Dialog title="Dialog" onClose={() => setOpen(false)}>
              <Button onClick={() => setOpen(false)}>{t('action.close')}</Button>
            </Dialog>
          ) : null}
        </div>
      </Panel>
      <Panel title="TextField, TextArea, Select, Check">
        <div class="stack">
          <TextField label={t('signIn.name')} hint={t('firstRun.nameHint')} value={text} onValue={setText} />
          <TextField label={t('signIn.name')} error={t('password.differs')} value={text} onValue={setText} />
          <TextArea label={t('signIn.name')} value={text} onValue={setText} />
          <Select
            label={t('settings.theme')}
            value={PRECEDENCES[1] ?? ''}
            options={PRECEDENCES.map((value) => ({ value, label: code('Precedence', value) }))}
            onValue={() => undefined}
          />
          <Check label={t('state.yes')} checked={checked} onChecked={setChecked} />
        </div>
      </Panel>
      <Panel title="Notice, ProblemNotice, Empty">
        <div class="stack">
          <Notice title="accent" />
          <Notice tone="good" title="good" />
          <Notice tone="warn" title="warn" />
          <ProblemNotice
            problem={{
              status: 409,
              code: 'OFFICE_EXAMPLE',
              title: 'danger',
              detail: '',
              faults: [],
              correlationId: '0000',
              conflict: { officer: 'customs-desk', action: '', at: past, step: 2 },
            }}
          />
          <Empty>{t('state.none')}</Empty>
        </div>
      </Panel>
      <Panel title="Time, Age, Countdown, Facts, Tabs">
        <div class="stack">
          <Facts
            entries={[
              ['Time', <Time key="time" at={past} withLocal />],
              ['Age', <Age key="age" at={past} />],
              ['Countdown', <Countdown key="soon" until={soon} />],
              ['Countdown', <Countdown key="late" until={past} />],
            ]}
          />
          <Tabs
            label="Tabs"
            tabs={[
              { id: 'one', label: 'One' },
              { id: 'two', label: 'Two' },
            ]}
            selected={tab}
            onSelect={setTab}
          >
            <p>{tab}</p>
          </Tabs>
        </div>
      </Panel>
      <Panel title="PeerText">
        <div class="stack">
          <p>
            <PeerText text={HOSTILE} />
          </p>
          <PeerText block text={HOSTILE} />
        </div>
      </Panel>
    </Page>
  );
}
