package dev.sluice.protocol.openai.chat;

/// Follows a JSON object that arrives in pieces and tells when it is whole.
final class JsonProgress {
    private int depth;
    private boolean opened;
    private boolean inString;
    private boolean escaped;

    void take(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            step(piece.charAt(i));
        }
    }

    private void step(char c) {
        if (escaped) {
            escaped = false;
        } else if (inString) {
            escaped = c == '\\';
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            depth++;
            opened = true;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }

    boolean isWhole() {
        return opened && depth == 0 && !inString;
    }
}
