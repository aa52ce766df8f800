/* Keys of the reading page. All of it works without this file by Tab, arrows and Space. Single keys
   act only inside the story or the list of themes (WCAG 2.1.4), never while typing, and can be
   turned off. */
(function () {
  "use strict";
  var form = document.querySelector("[data-bench]");
  if (!form) return;
  var on = form.querySelector("[data-keys-on]"), say = form.querySelector("[data-say]");
  var themes = Array.from(form.querySelectorAll(".sug"));

  function told(theme, box) {
    var name = theme.querySelector("legend").lastChild.textContent.trim();
    return name + ": " + (box ? box.parentNode.textContent.trim() : say.dataset.cleared);
  }
  function cycle(theme) {
    var boxes = Array.from(theme.querySelectorAll("input"));
    var at = boxes.findIndex(function (box) { return box.checked; });
    if (at >= 0) boxes[at].checked = false;
    var next = boxes[at + 1];
    if (next) next.checked = true;
    say.textContent = told(theme, next);
  }
  form.addEventListener("keydown", function (event) {
    var typing = event.target.matches("input[type=text], textarea, select");
    if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[value=save]"));
    } else if (on.checked && !typing && !event.ctrlKey && !event.altKey && !event.metaKey && event.target.closest("[data-keys], .sug")) {
      var key = event.key.toLowerCase();
      if (themes[key - 1]) cycle(themes[key - 1]);
      else if (key === "s") form.requestSubmit(form.querySelector("[value=skip]"));
      else if (key === "n") {
        themes.forEach(function (theme) { theme.querySelector("[value=no]").checked = true; });
        say.textContent = themes.map(function (t) { return told(t, t.querySelector(":checked")); }).join(". ");
      }
    }
  });
}());
