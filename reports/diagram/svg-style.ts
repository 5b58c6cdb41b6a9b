import { type Tag, tag } from '../xml.ts'

/** Sizes in pixels. */
export const FONT = 12
export const LINE = 16
export const MARGIN = 16
/** The width of a character of the fonts below, rounded up: what is drawn is never wider than what is measured. */
export const CHARACTER = 7.4

const light = {
  paper: '#ffffff',
  ink: '#1b1f24',
  muted: '#5b626c',
  line: '#d5d9df',
  call: '#1f5fa8',
  sleep: '#7b98b8',
  stop: '#8a6d1f',
  arrow: '#a64b00',
  bad: '#b3261e',
  soft: '#fdeceb',
}

type Colour = keyof typeof light

const dark: Readonly<Record<Colour, string>> = {
  paper: '#15181c',
  ink: '#e7eaee',
  muted: '#a2a9b3',
  line: '#363c44',
  call: '#7fb4f2',
  sleep: '#6d8cb0',
  stop: '#d6b656',
  arrow: '#f2a65a',
  bad: '#ff9089',
  soft: '#3b1f1e',
}

/** A colour as a custom property, which a page can set, and before it for what does not know these. */
const use = (property: 'fill' | 'stroke', colour: Colour) =>
  `${property}:${light[colour]};${property}:var(--${colour})`

const properties = (colours: Readonly<Record<Colour, string>>) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')

/** The style of all diagrams. */
export const diagramStyle = `
svg.space-time{${properties(light)};color-scheme:light dark;max-width:100%;height:auto;background:var(--paper);print-color-adjust:exact;
font:${FONT}px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){svg.space-time{${properties(dark)}}}
[data-theme=light] svg.space-time{${properties(light)}}
[data-theme=dark] svg.space-time{${properties(dark)}}
@media print{svg.space-time,[data-theme] svg.space-time{${properties(light)}}}
.space-time text{${use('fill', 'ink')};white-space:pre}
.space-time .title{font-size:15px;font-weight:bold}
.space-time .call,.space-time .name{font-weight:bold}
.space-time .muted{${use('fill', 'muted')}}
.space-time .paper{${use('fill', 'paper')}}
.space-time .rule{${use('stroke', 'line')};stroke-width:1}
.space-time .life{${use('stroke', 'muted')};stroke-width:1.2}
.space-time .pill{${use('fill', 'paper')};${use('stroke', 'ink')};stroke-width:1.2}
.space-time .bar{${use('fill', 'call')};${use('stroke', 'call')};stroke-width:1}
.space-time .asleep{${use('stroke', 'sleep')};stroke-width:1}
.space-time .stopped{${use('stroke', 'stop')};stroke-width:1}
.space-time .hatch{${use('stroke', 'sleep')};stroke-width:2.4}
.space-time .dots{${use('fill', 'stop')}}
.space-time .arrow{${use('stroke', 'arrow')};stroke-width:1.6;fill:none}
.space-time .making{stroke-dasharray:4 3}
.space-time .head{${use('fill', 'arrow')}}
.space-time .end{${use('stroke', 'ink')};stroke-width:2;fill:none}
.space-time .wrong{${use('fill', 'soft')}}
.space-time .callout{${use('fill', 'paper')};${use('stroke', 'bad')};stroke-width:1}
.space-time .edge{${use('fill', 'bad')}}
.space-time text.bad{${use('fill', 'bad')};font-weight:bold}
`

export const styleTag = (): Tag => tag('style', {}, diagramStyle)

/** What sleep and stops are filled with. Their ids must be unique in a page, so they begin with that of the diagram. */
export const patternTags = (id: string): readonly Tag[] => [
  tag(
    'pattern',
    {
      ...{ id: `${id}-hatch`, width: 5, height: 5 },
      ...{ patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    },
    [
      tag('rect', { class: 'paper', width: 5, height: 5 }),
      tag('line', { class: 'hatch', x1: 0, y1: 0, x2: 0, y2: 5 }),
    ],
  ),
  tag('pattern', { id: `${id}-dots`, width: 4, height: 4, patternUnits: 'userSpaceOnUse' }, [
    tag('rect', { class: 'paper', width: 4, height: 4 }),
    tag('circle', { class: 'dots', cx: 2, cy: 2, r: 1 }),
  ]),
]
