// Says a sentence, so that staff hear the voice and how loud it is.

import { interject } from "./voice.js";

export class VoiceTest {
  constructor($root) {
    $root.hidden = false;
    $root.addEventListener("click", () => interject([`p:${$root.dataset.says}`]));
  }
}
