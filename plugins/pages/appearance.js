// Light or dark as it was chosen in the web client, where it is of this origin; without a choice, as the system says.
// No module, so that it runs before anything is shown: a page does not flash.
try {
  const chosen = localStorage.getItem('guildhall.appearance')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
} catch {
  // The browser keeps nothing: then nothing was chosen.
}
