package dev.sluice.cli.endtoend;

/// Who asks in which dialect, and which the provider speaks: the same is the identity lane.
enum Lane {
    CHAT_TO_CHAT(Talk.CHAT, Talk.CHAT),
    CHAT_TO_MESSAGES(Talk.CHAT, Talk.MESSAGES),
    MESSAGES_TO_MESSAGES(Talk.MESSAGES, Talk.MESSAGES),
    MESSAGES_TO_CHAT(Talk.MESSAGES, Talk.CHAT);

    private final Talk client;
    private final Talk provider;

    Lane(Talk client, Talk provider) {
        this.client = client;
        this.provider = provider;
    }

    Talk client() {
        return client;
    }

    Talk provider() {
        return provider;
    }

    boolean isIdentity() {
        return client == provider;
    }

    /// The model that leads to a provider of this lane.
    String model() {
        return provider == Talk.CHAT ? "chat/m" : "messages/m";
    }

    String post(String text, boolean stream) {
        return client.post(client.request(model(), text, stream));
    }
}
