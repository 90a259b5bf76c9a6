import type { ButtonHTMLAttributes, ComponentChildren, JSX } from 'preact';

/** What a button is for: `primary` is the one act of a form, `danger` cannot be taken back, `plain` is a lesser one. */
export type ButtonLook = 'primary' | 'danger' | 'plain';

/** A native button; while `busy` it says so and a press does nothing, but it keeps the focus. */
export function Button({
  look,
  busy = false,
  disabled = false,
  children,
  onClick,
  type = 'button',
  ...rest
}: {
  readonly look?: ButtonLook;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
} & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'type'> & {
    readonly type?: 'button' | 'submit';
  }): JSX.Element {
  return (
    <button
      {...rest}
      type={type}
      class={`button${look === undefined ? '' : ` ${look}`}`}
      aria-busy={busy || undefined}
      aria-disabled={disabled || busy || undefined}
      onClick={(event) => {
        if (disabled || busy) event.preventDefault();
        else onClick?.call(event.currentTarget, event);
      }}
    >
      {children}
    </button>
  );
}
