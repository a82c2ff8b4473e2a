import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../server/domain/report/build.ts';
import { radarChart, scoreScale, shareBar } from '../../../server/domain/report/charts.ts';
import { bareInput } from './case.ts';

const { summary } = buildReport(bareInput('EX3'));

describe('the charts', () => {
  it('put the score where it stands between its grades', () => {
    const scale = scoreScale(summary);
    expect(scale.bands.map((band) => band.grade)).toEqual(['E', 'D', 'C', 'B', 'A']);
    expect(scale.bands.reduce((sum, band) => sum + band.width, 0)).toBeCloseTo(scale.width, 1);
    const band = scale.bands.find((one) => scale.marker >= one.x && scale.marker < one.x + one.width);
    expect(band?.grade).toBe(summary.grade);
  });

  it('give every section an axis, a full score on the rim, and no point where there is no score', () => {
    const sections = summary.sections.map((section, index) => ({
      ...section,
      score: index === 2 ? 100 : index === 5 ? 0 : null,
    }));
    const radar = radarChart(sections);
    expect(radar.axes).toHaveLength(summary.sections.length);
    expect(radar.points).toEqual([
      { x: radar.axes[2]?.x, y: radar.axes[2]?.y },
      { x: radar.centre, y: radar.centre },
    ]);
    expect(radar.previous).toBeNull();
  });

  it('lay shares end to end without leaving the bar', () => {
    const bars = shareBar(
      [
        { code: 'a', percent: 33.4 },
        { code: 'b', percent: 66.7 },
      ],
      300,
    );
    expect(bars[1]?.x).toBeCloseTo(bars[0]?.width ?? 0, 1);
    expect((bars[1]?.x ?? 0) + (bars[1]?.width ?? 0)).toBeLessThanOrEqual(300);
  });
});
