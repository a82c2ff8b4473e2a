/** Geometry of the charts, in SVG user units; the templates only draw it. */
import { scaleLinear } from 'd3-scale';
import { curveLinearClosed, lineRadial } from 'd3-shape';
import type { Summary } from './summary.ts';

export type RadarChart = {
  readonly size: number;
  readonly centre: number;
  readonly rings: readonly { readonly path: string; readonly value: number; readonly y: number }[];
  readonly axes: readonly {
    readonly id: string;
    readonly x: number;
    readonly y: number;
    readonly labelX: number;
    readonly labelY: number;
    readonly anchor: 'start' | 'middle' | 'end';
  }[];
  readonly shape: string;
  readonly previous: string | null;
  readonly points: readonly { readonly x: number; readonly y: number }[];
};

const RADAR = { size: 240, radius: 88, labelGap: 12 };

/** One axis a section, clockwise from the top; a section without a score has its axis but no point: it is not a zero. */
export function radarChart(sections: Summary['sections']): RadarChart {
  const { size, radius, labelGap } = RADAR;
  const centre = size / 2;
  const length = scaleLinear().domain([0, 100]).range([0, radius]);
  const angle = (index: number) => (index * 2 * Math.PI) / sections.length;
  const at = (index: number, distance: number) => ({
    x: round(centre + Math.sin(angle(index)) * distance),
    y: round(centre - Math.cos(angle(index)) * distance),
  });
  const closed = lineRadial<AxisValue>()
    .angle(({ index }) => angle(index))
    .radius(({ value }) => length(value))
    .curve(curveLinearClosed)
    .digits(2);
  const path = (values: readonly AxisValue[]) => closed([...values]) ?? '';
  const scores = valuesOf(sections.map((section) => section.score));
  const before = valuesOf(sections.map((section) => section.previous));
  return {
    size,
    centre,
    rings: [20, 40, 60, 80, 100].map((value) => ({
      value,
      path: path(sections.map((_, index) => ({ index, value }))),
      y: round(centre - length(value)),
    })),
    axes: sections.map(({ id }, index) => {
      const label = at(index, radius + labelGap);
      return { id, ...at(index, radius), labelX: label.x, labelY: label.y, anchor: anchorAt(label.x - centre) };
    }),
    shape: path(scores),
    previous: before.length > 0 ? path(before) : null,
    points: scores.map(({ index, value }) => at(index, length(value))),
  };
}

type AxisValue = { readonly index: number; readonly value: number };

function valuesOf(scores: readonly (number | null)[]): AxisValue[] {
  return scores.flatMap((value, index) => (value === null ? [] : [{ index, value }]));
}

export type ScoreScale = {
  readonly width: number;
  readonly bands: readonly {
    readonly grade: string;
    readonly x: number;
    readonly width: number;
    readonly middle: number;
    readonly from: number;
  }[];
  readonly marker: number;
  readonly previous: number | null;
};

/** The score on a ruler from 0 to 100 cut into grades, worst to best. */
export function scoreScale({ score, grades, previous }: Summary): ScoreScale {
  const width = 480;
  const x = scaleLinear().domain([0, 100]).range([0, width]).clamp(true);
  const ascending = [...grades].sort((a, b) => a.min - b.min);
  return {
    width,
    bands: ascending.map(({ grade, min }, index) => {
      const from = x(min);
      const to = x(ascending[index + 1]?.min ?? 100);
      return { grade, from: min, x: round(from), width: round(to - from), middle: round((from + to) / 2) };
    }),
    marker: round(x(score)),
    previous: previous ? round(x(previous.score)) : null,
  };
}

export type ShareBar = { readonly code: string; readonly x: number; readonly width: number };

/** Percentages laid end to end on a bar of the given width. */
export function shareBar(
  shares: readonly { readonly code: string; readonly percent: number }[],
  width: number,
): ShareBar[] {
  const x = scaleLinear().domain([0, 100]).range([0, width]).clamp(true);
  let start = 0;
  return shares.map(({ code, percent }) => {
    const bar = { code, x: round(x(start)), width: round(x(start + percent) - x(start)) };
    start += percent;
    return bar;
  });
}

function anchorAt(offset: number): 'start' | 'middle' | 'end' {
  if (Math.abs(offset) < 8) return 'middle';
  return offset > 0 ? 'start' : 'end';
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
