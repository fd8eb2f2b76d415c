// Days of the calendar, counted in UTC so that no summer time of the reader's machine moves them.
const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2100, 11, 31);

export const sameDay = (one, other) => one.getTime() === other.getTime();

// The day that three boxes give (year, month, day as typed); null where there is no such day.
export function parsed(parts) {
  if (!parts.every((part) => /^\d{1,4}$/.test(part.trim()))) return null;
  const [year, month, day] = parts.map(Number);
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCMonth() === month - 1 && found.getTime() >= FIRST && found.getTime() <= LAST ? found : null;
}

// A day moved by days, by months (the last day where the month is shorter), or to a weekday of its week (0: Monday).
export function shifted(day, { days = 0, months = 0, week = null }) {
  const weekday = (day.getUTCDay() + 6) % 7;
  const moved = new Date(day.getTime());
  if (months) {
    moved.setUTCDate(1);
    moved.setUTCMonth(moved.getUTCMonth() + months);
    moved.setUTCDate(Math.min(day.getUTCDate(), lastOf(moved)));
  } else moved.setUTCDate(moved.getUTCDate() + (week === null ? days : week - weekday));
  return new Date(Math.min(LAST, Math.max(FIRST, moved.getTime())));
}

// The weeks of a day's month, Monday first; null stands for days of the months beside it.
export function monthGrid(day) {
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  const before = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7;
  const cells = Array.from({ length: before }, () => null);
  for (let at = 1; at <= lastOf(day); at += 1) cells.push(new Date(Date.UTC(year, month, at)));
  while (cells.length % 7) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, at) => cells.slice(at * 7, at * 7 + 7));
}

function lastOf(day) {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
}
