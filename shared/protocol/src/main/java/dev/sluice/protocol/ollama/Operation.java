package dev.sluice.protocol.ollama;

import dev.sluice.protocol.RequestHead;

/// Which of the two ways of asking: a conversation, or a prompt.
enum Operation {
    CHAT("/api/chat"),
    GENERATE("/api/generate");

    private final String path;

    Operation(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    static Operation of(RequestHead head) {
        return head.path().endsWith("/generate") ? GENERATE : CHAT;
    }
}
