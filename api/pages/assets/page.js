// What every view shares: lists that send their form, links to copy, printing, a key to search.
"use strict";
(() => {
  const say = (text) => { const place = document.getElementById("status"); if (place) place.textContent = text; };
  const chinese = document.documentElement.lang.startsWith("zh");

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if (button.hasAttribute("data-print")) return window.print();
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      // Browsers give the clipboard to secure pages only.
      const field = document.createElement("input");
      field.value = location.href;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    const text = button.textContent;
    button.textContent = chinese ? "已复制" : "Copied";
    say(button.textContent);
    setTimeout(() => { button.textContent = text; }, 1500);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, select, textarea")) return;
    const field = document.querySelector("[data-find]") || document.querySelector(".scope input");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  });

  // Empty fields of a form with GET say nothing: they are left out of the link.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    for (const field of event.target.elements) if (field.name && field.value === "") field.disabled = true;
    setTimeout(() => { for (const field of event.target.elements) field.disabled = false; });
  });

  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    say((chinese ? "请求未成功：" : "The request failed: ") + status);
  });
  // A refusal comes as words that belong where the answer was to go.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status >= 400 && (xhr.getResponseHeader("content-type") || "").startsWith("text/html")) {
      event.detail.shouldSwap = true;
      event.detail.selectOverride = null;
    }
  });
})();
