package dev.sluice.protocol.openai.chat;

/// Hands out the ascending indexes of an answer's blocks.
final class BlockNumbers {
    private int next;

    int next() {
        return next++;
    }

    int used() {
        return next;
    }
}
