/** A date and time of day typed in this device's zone, as the office takes it; undefined for none or nonsense. */
export function timeTyped(typed: string): string | undefined {
  const at = new Date(typed);
  return typed === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** That time as a field for date and time of day holds it, in this device's zone. */
export function timeForField(at: string): string {
  const date = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
