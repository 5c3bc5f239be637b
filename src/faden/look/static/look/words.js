// What the scripts say: all sentences stand, translated, in look/parts/words.html.

export const words = document.getElementById("f-words")?.dataset ?? {};
export const SECOND = 1000;
