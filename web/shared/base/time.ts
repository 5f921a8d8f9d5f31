// Instants as the server writes them, shown in the time of the place (Asia/Shanghai), whatever the phone is set to.

const placeOffsetMs = 8 * 3600 * 1000;
const two = (value: number) => String(value).padStart(2, '0');

// "2022-04-01T08:30:00.000+08:00"
export function instantText(ms: number = Date.now()): string {
  return new Date(ms + placeOffsetMs).toISOString().replace('Z', '+08:00');
}

// "08:30:05"
export function clockText(ms: number): string {
  const place = new Date(ms + placeOffsetMs);
  return `${two(place.getUTCHours())}:${two(place.getUTCMinutes())}:${two(place.getUTCSeconds())}`;
}

// "2022-04-01"
export function dayText(ms: number): string {
  return new Date(ms + placeOffsetMs).toISOString().slice(0, 10);
}

// "2022-04-01" of an instant of the server; A span that ends at midnight has its last day one millisecond before.
export function dayOf(instant: string, plusMs = 0): string {
  return dayText(Date.parse(instant) + plusMs);
}

// "04-01 08:30" of an instant of the server; "" if there is none.
export function momentText(instant: string | undefined): string {
  if (!instant) return '';
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? '' : `${dayText(ms).slice(5)} ${clockText(ms).slice(0, 5)}`;
}
