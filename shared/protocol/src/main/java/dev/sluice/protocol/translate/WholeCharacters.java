package dev.sluice.protocol.translate;

/// Holds half of a surrogate pair back until its other half comes: alone it has no form in UTF-8.
public final class WholeCharacters {
    private String held = "";

    /// The piece, with what was held before it and without what must wait.
    public String take(String piece) {
        if (piece.isEmpty()) {
            return piece;
        }
        String text = held.isEmpty() ? piece : held + piece;
        char last = text.charAt(text.length() - 1);
        if (Character.isHighSurrogate(last)) {
            held = String.valueOf(last);
            return text.substring(0, text.length() - 1);
        }
        held = "";
        return text;
    }

    /// What is still held at the end.
    public String rest() {
        String rest = held;
        held = "";
        return rest;
    }
}
