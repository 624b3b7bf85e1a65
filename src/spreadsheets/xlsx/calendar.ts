const DAY = 86_400;

/** Serial number of the last day, 31 December 9999. */
const LAST = { 1900: 2_958_465, 1904: 2_957_003 };

/**
 * A serial number as `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM:SS` with a time. `undefined` if the calendar has no such day:
 * before its first, after 9999, or on 29 February 1900, which only Excel knows.
 */
export function isoOf(serial: number, date1904: boolean): string | undefined {
  let days = Math.floor(serial);
  let seconds = Math.round((serial - days) * DAY);
  if (seconds === DAY) {
    days += 1;
    seconds = 0;
  }
  if (!date1904 && (days < 1 || days === 60 || days > LAST[1900])) return undefined;
  if (date1904 && (days < 0 || days > LAST[1904])) return undefined;
  const first = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const iso = new Date(first + (days * DAY + seconds) * 1_000).toISOString();
  return seconds === 0 ? iso.slice(0, 10) : iso.slice(0, 19);
}

const ISO = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?)?$/;
const CLOCK = /^T?(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?Z?$/;

/** Reads the date in a cell of type `d`, with the serial number that other cells would hold. */
export function parseIso(text: string, date1904: boolean): { iso: string; serial: number } | undefined {
  const [, day, time] = ISO.exec(text) ?? [];
  if (day === undefined) return undefined;
  const clock = time === undefined ? '00:00:00' : time.length === 5 ? `${time}:00` : time;
  const at = Date.parse(`${day}T${clock}Z`);
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(day)) return undefined;
  let serial = (at - (date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30))) / (DAY * 1_000);
  if (!date1904 && serial < 61) serial -= 1;
  return { iso: clock === '00:00:00' ? day : `${day}T${clock}`, serial };
}

/** Reads a time without a date in a cell of type `d`, in minutes. */
export function parseClock(text: string): number | undefined {
  const [, hours, minutes, seconds = '0'] = CLOCK.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
}
