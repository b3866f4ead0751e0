import { init } from 'echarts';
import type { Outcome } from './outcome.js';

/** The ratios as an SVG: a bar for each median, a dot for each run, a line for what is to be reached. */
export const plotRatios = (outcomes: readonly Outcome[], subtitle: string): string => {
  const chart = init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: 760,
    height: 110 + outcomes.length * 52,
  });
  const upward = outcomes.toReversed();
  const points = (of: (outcome: Outcome) => readonly number[]) =>
    upward.flatMap((outcome, place) => of(outcome).map((ratio) => [ratio, place]));
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'sans-serif', color: '#0b0c0c' },
    title: {
      text: 'Through HTTP, as a share of pgbench’s TPC-B on the same server',
      subtext: subtitle,
      left: 10,
    },
    legend: { bottom: 0, itemGap: 24, data: ['median', 'each run', 'to be reached'] },
    grid: { left: 200, right: 40, top: 62, bottom: 56 },
    xAxis: { type: 'value', min: 0 },
    yAxis: { type: 'category', data: upward.map(({ what, ratio }) => `${what}: ${ratio.toFixed(2)}`) },
    series: [
      {
        name: 'median',
        type: 'bar',
        barWidth: 22,
        itemStyle: { color: '#1d70b8' },
        data: upward.map(({ ratio }) => ratio),
      },
      {
        name: 'each run',
        type: 'scatter',
        symbolSize: 7,
        itemStyle: { color: '#0b0c0c' },
        data: points(({ runs }) => runs.map(({ ratio }) => ratio)),
      },
      {
        name: 'to be reached',
        type: 'scatter',
        symbol: 'rect',
        symbolSize: [4, 34],
        itemStyle: { color: '#00703c' },
        data: points(({ reach }) => [reach]),
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
};
