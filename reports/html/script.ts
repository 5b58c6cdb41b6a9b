/** What the page does better with a script: filters, buttons that copy, and the choice of a theme. Without it all is there to read. */
export const script = `
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const make = (name, words, press) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = name
    button.textContent = words
    button.addEventListener('click', () => press(button))
    return button
  }

  const themes = { '': 'dark', dark: 'light', light: '' }
  const told = { '': 'Theme: as the system', dark: 'Theme: dark', light: 'Theme: light' }
  document.querySelector('header').append(
    make('theme', told[''], (button) => {
      const next = themes[document.documentElement.dataset.theme ?? '']
      if (next === '') delete document.documentElement.dataset.theme
      else document.documentElement.dataset.theme = next
      button.textContent = told[next]
    }),
  )

  for (const block of all('pre[data-copy]'))
    block.before(
      make('copy', 'Copy ' + block.dataset.copy, async (button) => {
        const words = block.textContent
        try {
          await navigator.clipboard.writeText(words)
          button.textContent = 'Copied'
        } catch {
          getSelection().selectAllChildren(block)
          button.textContent = 'Selected'
        }
      }),
    )

  for (const form of all('form[data-filters]')) {
    const items = all(form.dataset.filters)
    const left = form.querySelector('output')
    const apply = () => {
      const wanted = Object.fromEntries(new FormData(form))
      let shown = 0
      for (const item of items) {
        const fits = Object.entries(wanted).every(([name, value]) =>
          name === 'text'
            ? item.dataset.text.includes(value.toLowerCase())
            : value === '' || (' ' + item.dataset[name] + ' ').includes(' ' + value + ' '),
        )
        item.hidden = !fits
        if (fits) shown++
      }
      left.textContent = shown + ' of ' + items.length + ' shown'
    }
    form.hidden = false
    form.addEventListener('input', apply)
    form.addEventListener('submit', (event) => event.preventDefault())
    apply()
  }

  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!target) return
    for (let at = target; at; at = at.parentElement) {
      if (at.localName === 'details') at.open = true
      at.hidden = false
    }
    target.scrollIntoView()
  }
  addEventListener('hashchange', reveal)
  reveal()

  let closed = []
  addEventListener('beforeprint', () => {
    closed = all('#findings details:not([open])')
    for (const each of closed) each.open = true
  })
  addEventListener('afterprint', () => {
    for (const each of closed) each.open = false
  })
})()
`
