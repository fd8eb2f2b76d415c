// A part of the page that the server is asked for again and again. A newer question ends the one before it, so no
// answer on its late way takes the place of a newer one; what can't be had is said in place of what stood there.
export class Part {
  /** `isAnswer` says which answers are shown besides good ones. */
  constructor(target, failed, isAnswer = (answer) => answer.ok) {
    Object.assign(this, { target, failed, isAnswer, asked: null });
  }

  /** Ask for the part; gives what there is to say of it: nothing, unless it could not be had. */
  async show(address) {
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    try {
      const answer = await fetch(address, { credentials: "same-origin", signal: asked.signal });
      if (!this.isAnswer(answer)) throw new Error(String(answer.status));
      this.target.innerHTML = await answer.text();
      return "";
    } catch {
      if (asked.signal.aborted) return "";
      const said = document.createElement("p");
      said.className = "govuk-error-message";
      said.textContent = this.failed;
      this.target.replaceChildren(said);
      return this.failed;
    }
  }
}
